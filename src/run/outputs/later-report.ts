/** What verify and undo write into the report that the import left. */
import { placeOf, placesOf, type Place } from '../../wording/rows/lines.js';
import { undoPart, verifyPart } from '../../report/later-parts.js';
import type { Part } from '../../report/document.js';
import { plainText } from './diff-words.js';
import type { UndoResult } from '../undo/undo-result.js';
import type { VerifyResult } from '../verify/verify-result.js';
import { leftCountsOf } from '../../wording/left-as-is.js';
import { namedInReport, type ToldOfList } from './named-again.js';
import { nameOfFile } from './report-file.js';

const MOST_LINES = 50;
const MOST_VALUES = 500;

/** The part of a verify; with `withData` also what differs. */
export function verifyReportPart(result: VerifyResult, told: ToldOfList, endedAt: string, withData: boolean): Part {
  const fields = new Map<string, number>();
  const lines: Place[] = [];
  const data: { place: Place; field: string; expected: string; found: string }[] = [];
  for (const finding of result.findings) {
    if (finding.kind === 'same' || finding.kind === 'corrected' || finding.kind === 'rejected') continue;
    // What was not sent, or was taken back on purpose, does not differ.
    if (finding.kind === 'missing' && finding.isNotSent === true) continue;
    const place = placesOf(finding).at(-1) ?? { line: 0 };
    if (lines.length < MOST_LINES) lines.push(place);
    if (finding.kind !== 'different') continue;
    for (const { field, expected, found } of finding.differences) {
      fields.set(field, (fields.get(field) ?? 0) + 1);
      if (withData && data.length < MOST_VALUES)
        data.push({ place, field, expected: plainText(expected), found: plainText(found) });
    }
  }
  const { same, corrected, notSent, takenBack, setBack, checked } = result;
  const content = verifyPart({
    ...result,
    file: nameOfFile(result.file, told.sheet),
    sheet: told.sheet,
    endedAt,
    fields: [...fields]
      .sort((a, b) => b[1] - a[1])
      .slice(0, 20)
      .map(([field, contacts]) => ({ field, contacts })),
    lines,
    next:
      // To send again would bring back what was taken back.
      same + corrected + notSent === checked || takenBack + setBack > 0
        ? []
        : [
            {
              words: 'Send what differs again.',
              command: `clarky-contacts import ${namedInReport(told, 'import')} --live --resend`,
            },
          ],
    data: withData ? data : undefined,
  });
  return { name: 'verify', content, hasData: withData };
}

/** The part of an undo. @param inAll what all undos of the import have taken back so far, where that is known */
export function undoReportPart(
  result: UndoResult,
  told: ToldOfList,
  startedAt: string,
  inAll: { readonly done: number; readonly of: number } | undefined,
): Part {
  const { file, left, contacts } = result;
  const content = undoPart({
    ...result,
    file: nameOfFile(file, told.sheet),
    sheet: told.sheet,
    startedAt,
    left: left.length,
    leftBecause: leftCountsOf(left),
    inAll: inAll !== undefined && inAll.done > 0 && inAll.of > contacts ? inAll : undefined,
    leftLines: left.slice(0, MOST_LINES).map(placeOf),
    next:
      result.pending === 0
        ? []
        : [
            {
              words: 'Go on where it stopped.',
              press: '“Undo” under “Result”',
              command: `clarky-contacts undo ${namedInReport(told, 'undo')}`,
            },
          ],
  });
  return { name: 'undo', content, hasData: false, endsNext: true };
}
