/** A checkpoint file to the state that it stands for. */
import type { FileHandle } from 'node:fs/promises';
import { ImporterError } from '../errors.js';
import { FORMAT_VERSION, isTornHeader, parseFact, type Scope } from './format.js';
import { forEachLine } from '../storage/lines.js';
import { CheckpointState } from './state.js';

export interface Loaded {
  readonly state: CheckpointState;
  /** Bytes up to the end of the last whole line; what is behind is a torn line. */
  readonly soundBytes: number;
  readonly lines: number;
  /** The scope that the last lines of the file belong to. */
  readonly lastScope: Scope | undefined;
}

/** The fixed beginning of an accepted fact, `{"k":"<22>","p":"<22>"`: read without JSON.parse, ten times as fast. */
const IDENTITY_AT = 6;
const PAYLOAD_AT = 35;
const DIGEST_CHARACTERS = 22;

/**
 * Reads a checkpoint. A torn last line (crash, full disk) is left out; anything else that is not a fact of ours is
 * refused, so that somebody's file is never taken for ours or overwritten.
 * @param scope what to load the entries of; undefined loads those of the scope written last
 * @throws ImporterError `bad_checkpoint`
 */
export async function loadCheckpoint(file: FileHandle, path: string, scope: Scope | undefined): Promise<Loaded> {
  const wanted = scope ?? (await findLastScope(file, path));
  const state = new CheckpointState(wanted ?? { api: '', bot: '' });
  const identity = Buffer.alloc(16);
  const payload = Buffer.alloc(16);
  let current: Scope | undefined;
  let inScope = false;
  let soundBytes = 0;
  let lines = 0;
  const { tail } = await forEachLine(file, (line) => {
    lines = line.number;
    soundBytes = line.endByte;
    const { text } = line;
    if (inScope && text.startsWith('{"k":"') && text.startsWith('","p":"', IDENTITY_AT + DIGEST_CHARACTERS)) {
      identity.write(text.slice(IDENTITY_AT, IDENTITY_AT + DIGEST_CHARACTERS), 'base64url');
      payload.write(text.slice(PAYLOAD_AT, PAYLOAD_AT + DIGEST_CHARACTERS), 'base64url');
      state.accept(identity, payload);
      return;
    }
    const fact = parseFact(text);
    if (line.number === 1) checkHeader(fact?.kind === 'header' ? fact.version : undefined, path);
    else if (!fact) throw damaged(path, line.number);
    if (fact?.kind === 'scope') {
      current = fact.scope;
      inScope = wanted !== undefined && current.api === wanted.api && current.bot === wanted.bot;
    } else if (fact && inScope) {
      state.apply(fact);
    }
  });
  if (lines === 0 && !isTornHeader(tail)) checkHeader(undefined, path);
  return { state, soundBytes, lines, lastScope: current };
}

async function findLastScope(file: FileHandle, path: string): Promise<Scope | undefined> {
  return (await findScopes(file, path)).at(-1);
}

/** The scopes that a checkpoint has entries for, the one written to last at the end. */
export async function findScopes(file: FileHandle, path: string): Promise<Scope[]> {
  const scopes = new Map<string, Scope>();
  await forEachLine(file, ({ text, number }) => {
    if (number === 1) {
      const fact = parseFact(text);
      checkHeader(fact?.kind === 'header' ? fact.version : undefined, path);
    } else if (text.startsWith('{"scope"')) {
      const fact = parseFact(text);
      if (fact?.kind !== 'scope') return;
      const name = JSON.stringify(fact.scope);
      scopes.delete(name);
      scopes.set(name, fact.scope);
    }
  });
  return [...scopes.values()];
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
