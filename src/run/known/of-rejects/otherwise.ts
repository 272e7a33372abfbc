/** Why a row is not sent that was corrected in one place, its list or a rejects file, and stands otherwise in the other: in words. */
import type { Problem } from '../../../problem.js';
import { linesInWords, type Place } from '../../../wording/rows/lines.js';

/** Somebody who was imported as corrected in a rejects file, and whose row has changed since, but not in what was corrected. */
export function correctedElsewhere(column: string): Problem {
  return {
    code: 'corrected_elsewhere',
    column,
    message: 'This was corrected in a rejects file and imported so; the row has changed since, and has it as it was.',
    hint: 'Correct it in the file itself as well: as it stands, the row would become a second contact.',
  };
}

/**
 * Somebody whose row was corrected in a rejects file and imported so, and stands otherwise now.
 * @param sent where it was sent from, and whom it is in Clarky, so far as that is known; `key` and `list` where this is a copy of the rejects
 */
export function sentOtherwise(
  place: Place,
  {
    file = 'a rejects file',
    key,
    keyThere,
    id,
    list,
  }: {
    readonly file: string | undefined;
    readonly key: string;
    readonly keyThere: string;
    readonly id: string | undefined;
    readonly list: string | undefined;
  },
): Problem {
  const row = list === undefined ? `This row (${linesInWords([place])})` : `Row ${key} of ${list || 'the list'}`;
  const there = id === undefined ? '' : ` (contact ${id})`;
  return {
    code: 'corrected_elsewhere',
    message: `${row} was corrected otherwise in ${file} (import_line ${keyThere}) and imported so, and Clarky has it as it is there${there}.`,
    hint: 'Write it here as it is there, and change the contact in Clarky where that is wrong: sent from here, it would become a second contact. Where it is another person, add a row for them.',
  };
}

/** Somebody whose row was corrected in a rejects file, and otherwise in its list, which was imported so. @param places in the list */
export function correctedInList(places: readonly Place[], list: string): Problem {
  return {
    code: 'corrected_in_list',
    message: `This row was corrected otherwise in ${list} (${linesInWords(places)}), and Clarky has it as it is there.`,
    hint: `Correct it in ${list} where that is wrong, or add a row there where it is another person, and import ${list}: sent from here, it would become a second contact.`,
  };
}
