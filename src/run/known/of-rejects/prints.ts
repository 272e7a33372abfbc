/** By what the rows of a rejects file are known wherever it lies and whatever it is called: by what we wrote beside them. */
import { createHash } from 'node:crypto';
import type { SourceRecord } from '../../../source/record.js';
import type { Problem } from '../../../problem.js';
import { messageInWords, rejectColumnsOf, type RejectColumns } from '../../outputs/rejects.js';

const CHARACTERS = 11;

/** Characters that are not to be seen, as a message shows them: earlier versions wrote them as they were. */
const ESCAPED = /\\(?:x[\da-f]{2}|u[\da-f]{4}|u\{[\da-f]+\})/g;

/** What tells a rejected row: where it stood, and why. Letters that a spreadsheet may lose as it saves the file tell nothing. */
function printOf(key: string, codes: string, message: string): string {
  const line = key.trim().replace(/[.,]0+$/, '');
  const plain = message.replace(ESCAPED, '').replace(/[^!->@-~]/g, '');
  return digestOfTexts([line, codes.trim(), plain], CHARACTERS);
}

/** The same of a row that is rejected for this. */
export function printOfRow(key: string, problems: readonly Problem[]): string {
  return printOf(key, problems.map(({ code }) => code).join(' '), messageInWords(problems));
}

/** The same of the rows of a rejects file as it lies there; of those whose message is there still. */
export function printsIn(header: readonly string[], records: readonly SourceRecord[]): string[] {
  const columns = rejectColumnsOf(header);
  return records.flatMap((record) => printIn(columns, record) ?? []);
}

/** That of one row; undefined where the message is gone. */
export function printIn({ keyOf, codeColumn, messageOf }: RejectColumns, record: SourceRecord): string | undefined {
  const message = messageOf(record);
  return message.trim() === '' ? undefined : printOf(keyOf(record), record.cells[codeColumn] ?? '', message);
}

/** The names of the columns that a list and its rejects have in common. */
export function columnPrints(header: readonly string[]): string[] {
  const names = rejectColumnsOf(header).own.map((at) => (header[at] ?? '').trim());
  return [...new Set(names.filter((name) => name !== ''))].map((name) => digestOfTexts([name], CHARACTERS));
}

/** Prints that stand one behind the other. */
export function printsOf(text: string): string[] {
  return text.match(new RegExp(`.{${CHARACTERS}}`, 'g')) ?? [];
}

/** A digest of some texts, of so many characters. */
export function digestOfTexts(parts: readonly (string | undefined)[], characters: number): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, characters);
}
