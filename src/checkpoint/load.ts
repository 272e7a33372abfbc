/** A checkpoint's lines to the state that they stand for. */
import { DIGEST_BYTES } from '../contact/identity.js';
import { ImporterError } from '../errors.js';
import { isTornHeader } from '../storage/json-lines.js';
import { textOf, type Line, type Tail } from '../storage/lines.js';
import { DIGEST_CHARACTERS, FORMAT_NAME, FORMAT_VERSION, parseFact, type Scope } from './format.js';
import { readName } from './name-digest.js';
import { CheckpointState, type Acceptance } from './state.js';

/** Something that gives out its lines. */
export interface Lines {
  readonly path: string;
  forEachLine(visit: (line: Line) => void): Promise<Tail>;
}

export interface Loaded {
  readonly state: CheckpointState;
  readonly lines: number;
  /** The scope that the last lines of the file belong to. */
  readonly lastScope: Scope | undefined;
}

/**
 * Reads a checkpoint. A torn last line (crash, full disk) is left out; anything else that is not a fact of ours is
 * refused, so that somebody's file is never taken for ours or overwritten.
 * @param scope what to load the entries of; undefined loads those of the scope written last
 * @throws ImporterError `bad_checkpoint`
 */
export async function loadCheckpoint(file: Lines, scope: Scope | undefined): Promise<Loaded> {
  const { path } = file;
  const wanted = scope ?? (await findScopes(file)).at(-1);
  const state = new CheckpointState(wanted ?? { api: '', bot: '' });
  const readAcceptance = acceptanceReader();
  let current: Scope | undefined;
  let inScope = false;
  /** Of another bot of the same workspace, which may share its contacts. */
  let isSibling = false;
  let lines = 0;
  const { tail } = await file.forEachLine(({ text, number }) => {
    lines = number;
    const acceptance = inScope || isSibling ? readAcceptance(text) : undefined;
    if (acceptance !== undefined) return inScope ? state.accept(acceptance) : state.wentElsewhere(acceptance.identity);
    const fact = parseFact(textOf(text));
    if (number === 1) checkHeader(fact?.kind === 'header' ? fact.version : undefined, path);
    else if (!fact) throw damaged(path, number);
    if (fact?.kind === 'scope') {
      current = fact.scope;
      inScope = wanted !== undefined && current.api === wanted.api && current.bot === wanted.bot;
      isSibling = !inScope && current.api === wanted?.api;
    } else if (fact && inScope) {
      state.apply(fact);
    }
  });
  if (lines === 0 && !isTornHeader(tail, FORMAT_NAME)) checkHeader(undefined, path);
  return { state, lines, lastScope: current };
}

/** The fixed beginning of an accepted fact: `{"k":"<22>","p":"<22>"`. */
const BEGINNING = '{"k":"';
const IDENTITY_AT = BEGINNING.length;
const BETWEEN = '","p":"';
const PAYLOAD_AT = IDENTITY_AT + DIGEST_CHARACTERS + BETWEEN.length;
const REST_AT = PAYLOAD_AT + DIGEST_CHARACTERS + 1;
const ID = ',"id":"';
const POINTS = ',"c":"';
const NAME = ',"n":"';

/**
 * Reads an accepted fact as `formatFact` writes it without JSON.parse, several times as fast; undefined for any other line.
 * What it gives is good until the next one.
 */
function acceptanceReader(): (text: string) => Acceptance | undefined {
  const identity = Buffer.alloc(DIGEST_BYTES);
  const payload = Buffer.alloc(DIGEST_BYTES);
  let points = Buffer.alloc(DIGEST_BYTES);
  return (text) => {
    if (!text.startsWith(BEGINNING) || !text.startsWith(BETWEEN, IDENTITY_AT + DIGEST_CHARACTERS)) return undefined;
    let at = REST_AT;
    const take = (key: string): string | undefined => {
      if (!text.startsWith(key, at)) return undefined;
      const from = at + key.length;
      const end = text.indexOf('"', from);
      at = end + 1;
      return text.slice(from, end);
    };
    const id = take(ID);
    const digests = take(POINTS) ?? '';
    const name = take(NAME);
    const isWhole = at === text.length - 1 && text.endsWith('}') && digests.length % DIGEST_CHARACTERS === 0;
    // A contact id with a backslash in it, or one that is not ASCII, is for JSON.parse.
    if (!isWhole || text.includes('\\')) return undefined;
    identity.write(text.slice(IDENTITY_AT, IDENTITY_AT + DIGEST_CHARACTERS), 'base64url');
    payload.write(text.slice(PAYLOAD_AT, PAYLOAD_AT + DIGEST_CHARACTERS), 'base64url');
    const bytes = (digests.length / DIGEST_CHARACTERS) * DIGEST_BYTES;
    if (bytes > points.length) points = Buffer.alloc(bytes);
    for (let n = 0; n * DIGEST_CHARACTERS < digests.length; n++) {
      const from = n * DIGEST_CHARACTERS;
      points.write(digests.slice(from, from + DIGEST_CHARACTERS), n * DIGEST_BYTES, 'base64url');
    }
    return {
      identity,
      payload,
      points: points.subarray(0, bytes),
      name: name === undefined ? 0 : readName(name),
      id: id === undefined ? undefined : textOf(id),
    };
  };
}

/** The scopes that a checkpoint has entries for, the one written to last at the end. */
export async function findScopes(file: Lines): Promise<Scope[]> {
  const scopes = new Map<string, Scope>();
  await file.forEachLine(({ text, number }) => {
    if (number === 1) {
      const fact = parseFact(text);
      checkHeader(fact?.kind === 'header' ? fact.version : undefined, file.path);
    } else if (text.startsWith('{"scope"')) {
      const fact = parseFact(textOf(text));
      if (fact?.kind !== 'scope') return;
      const name = JSON.stringify(fact.scope);
      scopes.delete(name);
      scopes.set(name, fact.scope);
    }
  });
  return [...scopes.values()];
}
/** The settings of the newest run that kept any, and where it went. */
export interface KeptSettings {
  readonly scope: Scope;
  readonly values: Readonly<Record<string, unknown>>;
}

export async function findSettings(file: Lines): Promise<KeptSettings | undefined> {
  let scope: Scope | undefined;
  let kept: KeptSettings | undefined;
  await file.forEachLine(({ text }) => {
    if (!text.startsWith('{"scope"') && !text.startsWith('{"settings"')) return;
    const fact = parseFact(textOf(text));
    if (fact?.kind === 'scope') scope = fact.scope;
    if (fact?.kind === 'settings' && scope) kept = { scope, values: fact.values };
  });
  return kept;
}

function checkHeader(version: number | undefined, path: string): void {
  if (version === FORMAT_VERSION) return;
  throw new ImporterError(
    'bad_checkpoint',
    version === undefined
      ? `${path} is not a checkpoint of clarky-contacts; it was left as it is.`
      : `${path} is a checkpoint of version ${version}, and this clarky-contacts knows version ${FORMAT_VERSION}; it was left as it is.`,
    {
      next:
        version === undefined
          ? 'Name another checkpoint with --checkpoint, or move that file away.'
          : 'Use the newer clarky-contacts, or name another checkpoint with --checkpoint.',
    },
  );
}

function damaged(path: string, line: number): ImporterError {
  return new ImporterError('bad_checkpoint', `${path} is damaged: line ${line} is none that clarky-contacts wrote.`, {
    next: 'Restore the file from a backup, or move it away: the next import then sends every contact again, which changes nothing in Clarky.',
  });
}
