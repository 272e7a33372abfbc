/** The client as code calls it: what can't be asked is said before it is sent, and no sentence speaks of a command line. */
import type { Client } from '../api/calls.js';
import { notWhat, whatIs } from '../settings/code-kinds.js';
import type { Kind } from '../settings/kind.js';
import { checkValue } from '../settings/resolve.js';
import { NEXT_IN_CODE, thrownInCode, told as toldInCode } from './in-code.js';

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

/** @throws ImporterError `usage` naming the argument */
function check(kind: Kind<unknown>, given: unknown, name: string): void {
  checkValue(kind, given, name, Number.NaN);
}

const NEXT = { ...NEXT_IN_CODE, wrong_bot: 'Check `bot_id`; listBots tells which bots the key can see.' };

const told = <Result>(call: () => Promise<Result>): Promise<Result> => toldInCode(call, NEXT);

async function* toldOfEach<Item>(items: () => AsyncIterable<Item>): AsyncGenerator<Item, void, undefined> {
  try {
    yield* items();
  } catch (error) {
    throw thrownInCode(error, NEXT);
  }
}

/** The same client, whose calls reject with what is said to code. */
export function clientInCode(client: Client): Client {
  return {
    host: client.host,
    close: () => client.close(),
    upsert: (payload, options) =>
      told(async () => {
        check(PAYLOAD, payload, 'payload');
        return client.upsert(payload, options);
      }),
    patchContact: (id, changes, options) =>
      told(async () => {
        check(ID, id, 'id');
        return client.patchContact(id, changes, options);
      }),
    deleteContact: (id, options) =>
      told(async () => {
        check(ID, id, 'id');
        return client.deleteContact(id, options);
      }),
    getContact: (id, options) =>
      told(async () => {
        check(ID, id, 'id');
        return client.getContact(id, options);
      }),
    getByEmail: (email, options) =>
      told(async () => {
        check(EMAIL, email, 'email');
        return client.getByEmail(email, options);
      }),
    listContacts: (page, filters, options) =>
      told(async () => {
        check(PAGE, page, 'page');
        return client.listContacts(page, filters, options);
      }),
    contactPages: (filters, first = 1, options = {}) =>
      toldOfEach(() => {
        check(PAGE, first, 'first');
        return client.contactPages(filters, first, options);
      }),
    pipelines: (options) => toldOfEach(() => client.pipelines(options)),
    listStages: (pipelineId, options) =>
      told(async () => {
        check(ID, pipelineId, 'pipelineId');
        return client.listStages(pipelineId, options);
      }),
    checkAccess: (options) => told(() => client.checkAccess(options)),
  };
}
