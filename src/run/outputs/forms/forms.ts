/** How a file of ours is told from somebody else's: by how it begins. Nothing else is ever written over or removed. */
import { isReport } from '../../../report/document.js';
import { FORMAT_NAME as PEOPLE_FORMAT } from '../../../checkpoint/others/places.js';
import { isTornHeader } from '../../../storage/json-lines.js';
import type { Output } from '../../../storage/outputs.js';
import { workspaceFilesOf } from '../../../workspace/files.js';
import { DIFFERENCE_COLUMNS } from '../differences.js';
import { isRejectsFile } from '../rejects.js';
import { isLog, isSummary } from './run-forms.js';

type Form = Omit<Output, 'path'>;

const isEmpty = (text: string): boolean => text === '';

/** A file of JSON Lines whose first line names its format. */
function lines(option: string, what: string, format: string): Form {
  return { option, what, isStream: false, isOurs: (text) => isTornHeader(text, format) };
}

const FORMS = {
  checkpoint: lines('--checkpoint', 'a checkpoint', 'clarky-contacts checkpoint'),
  snapshot: lines('--checkpoint', 'what was read of the workspace', 'clarky-contacts workspace'),
  people: lines('--checkpoint', 'what imports of other files are told', PEOPLE_FORMAT),
  journal: lines('--checkpoint', 'an undo journal', 'clarky-contacts undo'),
  log: {
    option: '--log',
    what: 'a log',
    isStream: true,
    isOurs: (text) => isEmpty(text) || isLog(text),
  },
  rejects: {
    option: '--rejects',
    what: 'a rejects file',
    isStream: true,
    isOurs: (text) => isEmpty(text) || isRejectsFile(text),
  },
  differences: {
    option: '--differences',
    what: 'a file of differences',
    isStream: true,
    isOurs: (text) => isEmpty(text) || headerOf(text).join('\n') === DIFFERENCE_COLUMNS.join('\n'),
  },
  latest: {
    option: '--latest',
    what: 'the summary of a run',
    isStream: true,
    isOurs: (text) => isEmpty(text) || isSummary(text),
  },
  report: {
    option: '--report',
    what: 'a report',
    isStream: true,
    isOurs: (text) => isEmpty(text) || isReport(text),
  },
  corrections: {
    option: '--no-edits',
    what: 'a file of corrections',
    isStream: false,
    isOurs: (text) => isEmpty(text) || text.trimStart().startsWith('['),
  },
  mapping: {
    option: '--mapping',
    what: 'a mapping file',
    isStream: true,
    isOurs: (text) => isEmpty(text) || /(?:^|[{,\s])["']?columns["']?\s*:/.test(text),
  },
} satisfies Record<string, Form>;

export type OutputKind = keyof typeof FORMS;

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
