/** A checkpoint's lines to the state that they stand for. */
import { ImporterError } from '../errors.js';
import { isTornHeader } from '../storage/json-lines.js';
import { textOf, type Line, type Tail } from '../storage/lines.js';
import { FORMAT_NAME, FORMAT_VERSION, isSameScope, parseFact, type Scope } from './format.js';
import { CheckpointState } from './state.js';
import { acceptanceReader } from './acceptance.js';
import { bytesOf } from './points.js';

/** Something that gives out its lines. */
export interface Lines {
  readonly path: string;
  forEachLine(visit: (line: Line) => void): Promise<Tail>;
  /** The line that begins at this byte. */
  lineAt(position: number): string | undefined;
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
  const state = new CheckpointState(wanted ?? { api: '', bot: '' }, (position) => file.lineAt(position));
  const readAcceptance = acceptanceReader();
  let current: Scope | undefined;
  let inScope = false;
  /** Of another bot of the same workspace, which may share its contacts. */
  let isSibling = false;
  let lines = 0;
  const { tail } = await file.forEachLine(({ text, number, startByte }) => {
    lines = number;
    const acceptance = inScope || isSibling ? readAcceptance(text) : undefined;
    if (acceptance !== undefined)
      return inScope ? state.accept(acceptance, startByte) : state.wentElsewhere(acceptance.identity);
    const fact = parseFact(textOf(text));
    if (number === 1) checkHeader(fact?.kind === 'header' ? fact.version : undefined, path);
    else if (!fact) throw damaged(path, number);
    if (fact?.kind === 'scope') {
      current = fact.scope;
      inScope = isSameScope(current, wanted);
      isSibling = !inScope && current.api === wanted?.api;
    } else if (fact && inScope) {
      state.apply(fact, startByte);
    } else if (isSibling && (fact?.kind === 'accepted' || fact?.kind === 'sending')) {
      state.wentElsewhere(bytesOf(fact.identity));
    }
  });
  if (lines === 0 && !isTornHeader(tail, FORMAT_NAME)) checkHeader(undefined, path);
  state.beginRun();
  return { state, lines, lastScope: current };
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
          ? 'Move that file away, or name another checkpoint with --checkpoint.'
          : 'Use the newer clarky-contacts, or name another checkpoint with --checkpoint.',
    },
  );
}

function damaged(path: string, line: number): ImporterError {
  return new ImporterError('bad_checkpoint', `${path} is damaged: line ${line} is none that clarky-contacts wrote.`, {
    next: 'Restore the file from a backup, or move it away: the next import then sends every contact again, which changes nothing in Clarky.',
  });
}
