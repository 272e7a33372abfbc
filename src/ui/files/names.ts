/** Which names of a folder are a person's spreadsheets, and which are ours. */
import { isOwnName } from '../../storage/outputs.js';

const SPREADSHEET = /\.(csv|tsv|tab|txt|xlsx|xlsm|xls|ods|numbers|vcf|json|jsonl|ndjson|csv\.gz|tsv\.gz|txt\.gz|zip)$/i;
const REJECTS = /\.rejected(\.(edited|kept)-.*)?\.csv$/i;
/** What no file of a person is called, on any system. */
const UNUSABLE = /[\\/:*?"<>|\u0000-\u001f\u007f]|^\.|^\s|[\s.]$/;

/** A spreadsheet by its name, and none of the files that we put beside one. */
export function isSpreadsheet(name: string): boolean {
  return SPREADSHEET.test(name) && !isOwnName(name) && !REJECTS.test(name) && !name.startsWith('.');
}

/** The rejects are ours as well, and listed only where somebody brings them back corrected. */
export function isRejects(name: string): boolean {
  return REJECTS.test(name);
}

/** What a run leaves is called after its file: with this many bytes there is room for it. */
const LONGEST_NAME_BYTES = 200;

/** Whether a file of this name may be put into a folder; else what keeps it out. */
export function usabilityOf(name: string): 'usable' | 'unusable' | 'too_long' {
  if (UNUSABLE.test(name) || !(isSpreadsheet(name) || isRejects(name))) return 'unusable';
  return Buffer.byteLength(name) > LONGEST_NAME_BYTES ? 'too_long' : 'usable';
}

/** Whether each of the words is somewhere in the name, in whatever case. */
export function hasWords(name: string, words: string): boolean {
  const folded = (text: string): string => text.normalize('NFKC').toLowerCase();
  return folded(words)
    .split(/\s+/)
    .every((word) => folded(name).includes(word));
}
