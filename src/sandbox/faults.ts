import type { Random } from './random.js';

/** What can go wrong with one request. */
export const FAULT_KINDS = [
  /** Not applied, each with the API's own error envelope. */
  '400',
  '409',
  '413',
  '422',
  '500',
  /** Not applied: a proxy's HTML page. */
  '402',
  '405',
  '502',
  '503',
  '504',
  /** Not applied: a 429 that no count explains. */
  '429',
  'cut-before',
  'cut-after',
  /** Applied, answered, and cut in the middle of the answer's body. */
  'cut-mid',
  /** Applied and answered in whole HTTP, but the JSON in it ends in the middle. */
  'truncate',
  /** Not applied, and no answer at all, while the connection stays open. */
  'hang',
  /** Applied, and no answer. */
  'hang-after',
  /** Not applied: 103 Early Hints again and again, and no answer. */
  'hints',
  /** Applied, and the answer comes byte by byte, one in `dripMs`. */
  'drip',
  /** Taken, applied `lateMs` later, whether or not its client is still there, and answered then. */
  'late',
  /** Taken, applied and answered when the faults are replaced: a test lets it go when it has seen what it waits for. */
  'held',
  /** Not applied: a captive portal's page with status 200. */
  'html-200',
  /** Not applied: status 200 with an error envelope and an id. */
  'error-200',
  /** Not applied: 202 `{"status":"queued"}`. */
  'queued-202',
  /** Not applied: somebody else's contact with status 200. */
  'stranger',
  /** Not applied: status 200 with an id that nobody has, and nothing else. */
  'id-200',
  /** Applied, and the answer has the contact's id alone. */
  'bare-id',
  /** Applied, and the answer has another bot's id. */
  'other-bot',
  /** Applied, and the answer has one id for everybody. */
  'one-id',
  /** Applied, and the answer's id is 10,000 characters long with control characters in it. */
  'hostile-id',
  /** Not applied: 422 whose message holds control, invisible and direction-changing characters, a formula and a link. */
  'hostile-message',
  /** Not applied: 422 whose code and message hold the contact's own email and name. */
  'personal-error',
  /** Not applied: 422 with the caller's key in its message, or in its code. */
  'key-message',
  'key-code',
  /** As `key-message`, the key's characters written as \u escapes. */
  'key-escaped',
  /** Applied, and the answer has the caller's key for its id. */
  'key-id',
  /** Not applied: a 307 to `/redirected` of this server, where the log shows whether the key came along. */
  'redirect',
  /** Not applied: as `redirect`, with the caller's key in the address. */
  'key-redirect',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** A time during which nothing gets through. Begins at a request or after a time, whichever is given. */
export interface OutageSettings {
  /** The request that meets it first. */
  fromRequest?: number;
  /** Milliseconds since the faults were set. */
  afterMs?: number;
  /** How long it lasts. */
  forMs: number;
  /** `503`: a proxy's page for each request; `refuse`: connections are cut, and new ones refused. */
  as: '503' | 'refuse';
}

/** Faults on request. Request numbers count the requests of the class `on`, from 1, since the faults were set. */
export interface FaultSettings {
  /** Chance of each kind for each request; together at most 1. */
  probabilities?: Readonly<Partial<Record<FaultKind, number>>>;
  /** Certain faults at certain requests. */
  at?: readonly { request: number; kind: FaultKind }[];
  /** Certain faults for whoever has this email, in what is sent or in the contact that is written to. */
  forEmail?: Readonly<Record<string, FaultKind>>;
  /** Which requests are counted and can fail; default all. */
  on?: 'all' | 'writes' | 'reads';
  /** The place of the one full key, 1 the first, whose requests are counted and can fail; default all keys. */
  onKey?: number;
  /** The Retry-After of a 429 fault, default 1. */
  retryAfterSeconds?: number;
  /** A time during which nothing gets through. */
  outage?: OutageSettings;
  /** The key that sends this request is revoked just before it is looked at. */
  revokeAtRequest?: number;
  /** Writes a window that another program makes with the same key, evenly spaced. */
  secondClient?: number;
  /** How long a `late` request waits; default 2000. */
  lateMs?: number;
  /** How long a `drip` answer waits for each of its bytes; default 250. */
  dripMs?: number;
  /** An upsert looks up, waits this long and only then inserts: two that overlap create a new contact twice. */
  nonAtomicMs?: number;
}

/** What the fault plan says about one request. */
export interface Fate {
  fault: FaultKind | undefined;
  revokesKey: boolean;
  startsOutage: boolean;
}

const UNHARMED: Fate = { fault: undefined, revokesKey: false, startsOutage: false };

/** Says what is wrong with settings from outside, or undefined. */
export function faultSettingsProblem(settings: FaultSettings): string | undefined {
  const chances = Object.entries(settings.probabilities ?? {});
  for (const [kind, chance] of chances) {
    if (!FAULT_KINDS.includes(kind as FaultKind)) return unknownKind(kind);
    if (!(chance >= 0 && chance <= 1)) return `the chance of ${kind} is not between 0 and 1`;
  }
  if (chances.reduce((sum, [, chance]) => sum + chance, 0) > 1 + 1e-9) return 'the chances add up to more than 1';
  const unknown = Object.values(settings.forEmail ?? {}).find((kind) => !FAULT_KINDS.includes(kind));
  if (unknown !== undefined) return unknownKind(unknown);
  for (const { kind, request } of settings.at ?? []) {
    if (!FAULT_KINDS.includes(kind)) return unknownKind(kind);
    if (!(Number.isInteger(request) && request >= 1)) return `${String(request)} is not the number of a request`;
  }
  const { outage } = settings;
  if (outage && outage.fromRequest === undefined && outage.afterMs === undefined) return 'the outage has no beginning';
  return undefined;
}

function unknownKind(kind: string): string {
  return `there is no fault "${kind}"; there are ${FAULT_KINDS.join(', ')}`;
}

/** Decides each request's fate in the order of arrival; the same settings and random numbers give the same fates. */
export class FaultPlan {
  readonly settings: FaultSettings;
  readonly #random: Random;
  readonly #at: ReadonlyMap<number, FaultKind>;
  readonly #forEmail: ReadonlyMap<string, FaultKind>;
  #counted = 0;

  constructor(settings: FaultSettings, random: Random) {
    this.settings = settings;
    this.#random = random;
    this.#at = new Map((settings.at ?? []).map(({ request, kind }) => [request, kind]));
    this.#forEmail = new Map(
      Object.entries(settings.forEmail ?? {}).map(([email, kind]) => [email.toLowerCase(), kind]),
    );
  }

  /**
   * The fate of a request that has to do with these emails, in lower case.
   * @param key as the log names it
   */
  next(kind: 'write' | 'read', key: string, emails: () => readonly string[] = () => []): Fate {
    const { on = 'all', onKey } = this.settings;
    if (on !== 'all' && on !== `${kind}s`) return UNHARMED;
    if (onKey !== undefined && key !== (onKey === 1 ? 'full' : `full-${String(onKey)}`)) return UNHARMED;
    const number = ++this.#counted;
    return {
      fault: this.#at.get(number) ?? this.#ofEmail(emails) ?? this.#drawn(),
      revokesKey: number === this.settings.revokeAtRequest,
      startsOutage: number === this.settings.outage?.fromRequest,
    };
  }

  #ofEmail(emails: () => readonly string[]): FaultKind | undefined {
    if (this.#forEmail.size === 0) return undefined;
    for (const email of emails()) {
      const kind = this.#forEmail.get(email);
      if (kind !== undefined) return kind;
    }
    return undefined;
  }

  #drawn(): FaultKind | undefined {
    const { probabilities } = this.settings;
    if (probabilities === undefined) return undefined;
    let left = this.#random();
    for (const kind of FAULT_KINDS) {
      left -= probabilities[kind] ?? 0;
      if (left < 0) return kind;
    }
    return undefined;
  }
}
