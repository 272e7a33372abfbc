/** The file of the differences that verify finds: one row a field, to be worked through in a spreadsheet. */
import { createCsvWriter } from '../../source/text/writer.js';
import { removeFile } from '../../storage/replacement.js';
import type { Finding } from '../verify/finding.js';
import { plainText } from './diff-words.js';
import { DIFFERENCE_COLUMNS } from './forms/run-forms.js';
import { printable } from '../../wording/printable.js';
import { inWords } from './rejects.js';

export interface OpenDifferences {
  write(finding: Finding): Promise<void>;
  /** Puts the file in its place and gives its path; removes an old one where there was nothing to write. */
  finish(): Promise<string | undefined>;
  /** Leaves the file of an earlier run as it was; does nothing after `finish`. */
  discard(): Promise<void>;
}

/** @throws ImporterError `not_writable`, here and from every method */
export async function openDifferences(path: string): Promise<OpenDifferences> {
  const writer = await createCsvWriter(path, DIFFERENCE_COLUMNS);
  let written = 0;
  return {
    write: async (finding) => {
      for (const row of differenceRows(finding)) {
        written++;
        // What Clarky holds may be anything, and the file goes through pagers as well.
        await writer.write(DIFFERENCE_COLUMNS.map((column) => printable(row[column])));
      }
    },
    finish: async () => {
      if (written > 0) {
        await writer.commit();
        return path;
      }
      await writer.discard();
      await removeFile(path);
      return undefined;
    },
    discard: () => writer.discard(),
  };
}

type DifferenceRow = Readonly<Record<(typeof DIFFERENCE_COLUMNS)[number], string>>;

const BLANK: DifferenceRow = {
  line: '',
  what: '',
  email: '',
  phone: '',
  contact_id: '',
  field: '',
  expected: '',
  found: '',
};

/** The rows of a finding: one for each field that differs, none for what is as it should be. */
export function differenceRows(finding: Finding): DifferenceRow[] {
  if (finding.kind === 'same' || finding.kind === 'corrected') return [];
  const [line, file] = [finding.lines.at(-1) ?? '', finding.files?.at(-1)];
  const row = { ...BLANK, line: file === undefined ? String(line) : `${file} line ${line}`, what: finding.kind };
  const { emails: [email = ''] = [], phone_numbers: [phone = ''] = [] } = finding.contact;
  if (finding.kind === 'rejected') return [{ ...row, email, phone, expected: finding.problems.map(inWords).join(' ') }];
  if (finding.kind !== 'different') return [{ ...row, email, phone }];
  return finding.differences.map(({ field, expected, found }) => ({
    ...row,
    email,
    phone,
    contact_id: finding.contactId,
    field,
    expected: plainText(expected),
    found: plainText(found),
  }));
}
