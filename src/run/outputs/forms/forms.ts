/** How a file of ours is told from somebody else's: by how it begins. Nothing else is ever written over or removed. */
import { isReport } from '../../../report/document.js';
import { FORMAT_NAME as PEOPLE_FORMAT } from '../../../checkpoint/others/places.js';
import { FORMAT_NAME as REJECTS_FORMAT } from '../../known/of-rejects/noted.js';
import { isTornHeader } from '../../../storage/json-lines.js';
import type { Output } from '../../../storage/outputs.js';
import { workspaceFilesOf } from '../../../workspace/files.js';
import { isRejectsFile } from '../rejects.js';
import { DIFFERENCE_COLUMNS, isLog, isSummary } from './run-forms.js';

type Form = Omit<Output, 'path'>;

const isEmpty = (text: string): boolean => text === '';

/** A file of JSON Lines whose first line names its format. */
function lines(option: string, what: string, format: string): Form {
  return { option, what, isStream: false, isOurs: (text) => isTornHeader(text, format) };
}

/** A file that may as well be a pipe or a device, and is known by what it holds; an empty one holds nothing of anybody. */
function stream(option: string, what: string, hasForm: (text: string) => boolean): Form {
  return { option, what, isStream: true, isOurs: (text) => isEmpty(text) || hasForm(text) };
}

const FORMS = {
  checkpoint: lines('--checkpoint', 'a checkpoint', 'clarky-contacts checkpoint'),
  snapshot: lines('--checkpoint', 'what was read of the workspace', 'clarky-contacts workspace'),
  people: lines('--checkpoint', 'what imports of other files are told', PEOPLE_FORMAT),
  notes: lines('--checkpoint', 'what is noted of rejects files', REJECTS_FORMAT),
  journal: lines('--checkpoint', 'an undo journal', 'clarky-contacts undo'),
  log: stream('--log', 'a log', isLog),
  rejects: stream('--rejects', 'a rejects file', isRejectsFile),
  differences: stream(
    '--differences',
    'a file of differences',
    (text) => headerOf(text).join('\n') === DIFFERENCE_COLUMNS.join('\n'),
  ),
  latest: stream('--latest', 'the summary of a run', isSummary),
  report: stream('--report', 'a report', isReport),
  corrections: {
    option: '--no-edits',
    what: 'a file of corrections',
    isStream: false,
    isOurs: (text) => isEmpty(text) || text.trimStart().startsWith('['),
  },
  mapping: stream('--mapping', 'a mapping file', (text) => /(?:^|[{,\s])["']?columns["']?\s*:/.test(text)),
} satisfies Record<string, Form>;

export type OutputKind = keyof typeof FORMS;

/** What an import writes and leaves there; a file of corrections or a mapping file begins as many others do. */
const LEFT_THERE = ['checkpoint', 'snapshot', 'journal', 'log', 'rejects', 'differences', 'latest', 'report'] as const;

/** Whether an import, plan or verify wrote a file, whatever it is called. @param beginning of its text */
export function isOneOfOurs(beginning: string): boolean {
  return !isEmpty(beginning) && LEFT_THERE.some((kind) => FORMS[kind].isOurs(beginning));
}

export function outputOf(kind: OutputKind, path: string): Output {
  return { ...FORMS[kind], path };
}

/** Logs that were put aside have a number behind their name. */
export const LOGS_KEPT = 5;

/** A log and those put aside before it. */
export function logOutputs(path: string): Output[] {
  const aside = Array.from({ length: LOGS_KEPT }, (_, n) => `${path}.${n + 1}`);
  return [path, ...aside].map((log) => outputOf('log', log));
}

/** A checkpoint and what is kept beside it. */
export function checkpointOutputs(path: string): Output[] {
  const { snapshot, journal } = workspaceFilesOf(path);
  return [outputOf('checkpoint', path), outputOf('snapshot', snapshot), outputOf('journal', journal)];
}

/** The cells of the first line, whichever delimiter it has; ours hold neither delimiters nor quotes. */
function headerOf(text: string): string[] {
  const [line = ''] = text.replace(/^\ufeff/, '').split(/\r?\n/);
  return line.split(/[,;\t|]/).map((cell) => cell.replace(/^"|"$/g, '').trim().toLowerCase());
}
