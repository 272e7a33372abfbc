/** What probing found out about points that Clarky's documentation leaves open. Pure. */

/** The choices of each finding, the harmless one first. */
const CHOICES = {
  /** What `emails` and `phone_numbers` may hold in a write. */
  writes: ['strings', 'objects', 'both'],
  /** What they hold in answers. */
  answers: ['strings', 'objects'],
  /** What became of the fields that an upsert left out. */
  leftOut: ['kept', 'cleared'],
  /** What became of the tags, and of the e-mails, that an upsert did not name. */
  tags: ['joined', 'replaced'],
  emails: ['joined', 'replaced'],
  /** What became of the custom fields that an upsert with another one did not name. */
  customFields: ['merged', 'replaced'],
  /** By which of its e-mails, and of its phones, an upsert finds a contact. */
  emailMatch: ['any', 'first'],
  phoneMatch: ['any', 'first'],
  /** Whether it finds an e-mail in other letters, and a phone in another notation. */
  emailCase: ['ignored', 'minded'],
  phoneNotation: ['ignored', 'minded'],
  /** Whether a search of the list finds a phone in E.164. */
  phoneSearch: ['found', 'missed'],
} as const;

export type ProbeFindings = {
  readonly [Name in keyof typeof CHOICES]?: (typeof CHOICES)[Name][number];
} & {
  /** The HTTP status that an upsert answers for a contact that it made. */
  readonly createdStatus?: number;
};

/** Findings hold for one workspace; what was not shown is absent. */
export interface Probed extends ProbeFindings {
  /** When it was probed, in ISO form. */
  readonly at: string;
  readonly api: string;
  readonly bot: string;
}

/** Reads findings that were kept; undefined where they are none of ours. */
export function readProbed(value: unknown): Probed | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { at, api, bot, createdStatus, ...rest } = value as Readonly<Record<string, unknown>>;
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at))) return undefined;
  if (typeof api !== 'string' || typeof bot !== 'string') return undefined;
  const known = Object.entries(CHOICES).filter(([name, choices]) =>
    (choices as readonly unknown[]).includes(rest[name]),
  );
  return {
    ...Object.fromEntries(known.map(([name]) => [name, rest[name]])),
    ...(typeof createdStatus === 'number' ? { createdStatus } : {}),
    at,
    api,
    bot,
  };
}

/** True where an update empties something that it does not name. */
export function clearsWhatIsLeftOut({ leftOut, customFields }: ProbeFindings): boolean {
  return leftOut === 'cleared' || customFields === 'replaced';
}
