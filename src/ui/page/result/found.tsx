import type { FoundView } from '../../wire.js';
import { Plain } from '../parts/markup.js';
import { Remedy } from '../parts/remedy.js';
import { Line, Table } from '../parts/table.js';
import { fieldInWords } from '../words.js';
import { Download } from '../parts/left.js';

const WHAT: Readonly<Record<string, string>> = {
  missing: 'not in Clarky',
  not_sent: 'not sent: rejected, or still to come',
  taken_back: 'taken back',
  unknown: 'not found by its phone',
  rejected: "can't be sent",
};

/** What was sent, and is another now, or no more. */
const SENT: readonly string[] = ['different', 'missing'];

/** Where Clarky is not as the file says, row by row; all of it in a file. */
export function Found({ view }: { view: FoundView }) {
  const { rows, total, hasFile, hasTakenBack } = view;
  if (total === 0) return null;
  return (
    <>
      <h2>What is not as the file says</h2>
      <Table
        label="What is not as the file says"
        isTall
        head={[{ number: 'Line' }, 'Contact', 'What', 'The file says', 'Clarky has']}
      >
        {rows.map((row, at) => (
          <tr key={at}>
            <Line of={row.line} />
            {cellsOf(row).map((text, column) => (
              <td class="why" key={column}>
                <Plain text={text} />
              </td>
            ))}
          </tr>
        ))}
      </Table>
      {rows.some(({ what }) => SENT.includes(what)) && (
        <p>
          <Remedy
            text={
              hasTakenBack
                ? 'What was sent stays as Clarky has it now. Sending the file again would bring back what was taken back.'
                : 'What was sent stays as Clarky has it now. To write over it what the file says, tick “Send again what was sent before” and send the file once more.'
            }
          />
        </p>
      )}
      <p class="facts">
        {rows.length < total &&
          `The first ${rows.length.toLocaleString('en-US')} of ${total.toLocaleString('en-US')}. `}
        {hasFile && <Download label="Download all differences" kind="differences" />}
      </p>
    </>
  );
}

function cellsOf({ what, who, field, expected, found }: FoundView['rows'][number]): readonly string[] {
  if (what !== 'different') return [who, WHAT[what] ?? what, expected, ''];
  return [who, fieldInWords(field), expected || '(nothing)', found || '(nothing)'];
}
