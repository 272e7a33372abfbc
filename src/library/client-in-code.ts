/** The client as code calls it: what can't be asked is said before it is sent, and no sentence speaks of a command line. */
import type { Client } from '../api/calls.js';
import { notWhat, whatIs } from '../settings/code-kinds.js';
import type { Kind } from '../settings/kind.js';
import { checkValue } from '../settings/resolve.js';
import { NEXT_IN_CODE, thrownInCode, told } from './in-code.js';

const isText = (raw: unknown): boolean => typeof raw === 'string' && raw.trim() !== '';

/** A dot or two are steps in a path, however they are written. */
const ID = whatIs((raw) => isText(raw) && raw !== '.' && raw !== '..', 'what Clarky gave as `id`');
const EMAIL = whatIs(isText, 'an e-mail');
const PAGE = whatIs((raw) => Number.isSafeInteger(raw) && Number(raw) >= 1, 'a whole number, 1 for the first page');
const PAYLOAD: Kind<unknown> = {
  control: 'text',
  check: (raw) => {
    if (typeof raw !== 'object' || raw === null) return notWhat(raw, 'an object of fields, `bot_id` among them');
    if ('bot_id' in raw && isText(raw.bot_id)) return { value: raw };
    return { wrong: 'it has no bot_id', next: 'Say which bot owns the contact; listBots tells which there are.' };
  },
};

const PAGE_OR_NONE: Kind<unknown> = {
  ...PAGE,
  check: (raw, nowMs) => (raw === undefined ? { value: raw } : PAGE.check(raw, nowMs)),
};

type Call = Exclude<keyof Client, 'host' | 'close'>;

/** What of each call is looked at before anything is sent: which argument, what it is called, and what it is to be. */
const ARGUMENTS: Readonly<Record<Call, readonly [at: number, name: string, kind: Kind<unknown>] | undefined>> = {
  upsert: [0, 'payload', PAYLOAD],
  patchContact: [0, 'id', ID],
  deleteContact: [0, 'id', ID],
  getContact: [0, 'id', ID],
  getByEmail: [0, 'email', EMAIL],
  listContacts: [0, 'page', PAGE],
  contactPages: [1, 'first', PAGE_OR_NONE],
  pipelines: undefined,
  listStages: [0, 'pipelineId', ID],
  checkAccess: undefined,
};

const NEXT = { ...NEXT_IN_CODE, wrong_bot: 'Check `bot_id`; listBots tells which bots the key can see.' };

type Calls = Readonly<Record<Call, (...given: unknown[]) => Promise<unknown> | AsyncIterable<unknown>>>;

async function* toldOfEach(items: () => AsyncIterable<unknown>): AsyncGenerator<unknown, void, undefined> {
  try {
    yield* items();
  } catch (error) {
    throw thrownInCode(error, NEXT);
  }
}

/** The same client, whose calls reject with what is said to code. */
export function clientInCode(client: Client): Client {
  const inCode = (name: Call): Calls[Call] => {
    // The table says the same of each of them, whatever it takes.
    const calls = client as unknown as Calls;
    const checked = (given: unknown[]): ReturnType<Calls[Call]> => {
      const [at, called, kind] = ARGUMENTS[name] ?? [];
      if (at !== undefined && called !== undefined && kind !== undefined)
        checkValue(kind, given[at], called, Number.NaN);
      return calls[name](...given);
    };
    const isList = name === 'contactPages' || name === 'pipelines';
    return isList
      ? (...given) => toldOfEach(() => checked(given) as AsyncIterable<unknown>)
      : (...given) => told(async () => checked(given) as Promise<unknown>, NEXT);
  };
  const calls = Object.fromEntries((Object.keys(ARGUMENTS) as Call[]).map((name) => [name, inCode(name)])) as unknown;
  return { host: client.host, close: () => client.close(), ...(calls as Pick<Client, Call>) };
}
