/** The end of a run in words, for a person. */
import { correctedIn } from '../../run/reading/origins.js';
import type { Summary } from '../../run/tally.js';
import type { Settings } from '../../settings/settings.js';
import { formatCount, ofCount } from '../../wording/durations.js';
import { printable, shortened } from '../../wording/printable.js';
import { hasRejectsFile, headline, traffic } from './headline-words.js';
import { becameByFile, leftOutSection } from './file-words.js';
import { remedyOf } from '../../wording/remedies.js';
import { correctedMeaning, underEach } from '../../wording/results.js';
import { wrapped } from '../../wording/wrapped.js';
import { nextSection } from './next-words.js';

const LABEL_WIDTH = 12;

/**
 * The summary as lines of at most 80 columns (paths aside), with a newline at the end.
 * @param settings what the import was told
 * @param toUndo how many contacts an undo would take back
 */
export function summaryInWords(summary: Summary, settings: Settings = {}, toUndo?: number): string {
  const lines = summary.rows === 0 ? [headline(summary)] : [headline(summary), ''];
  const { correctedRows: corrected = 0 } = summary;
  const counts: [string, number, string][] = [
    ['created', summary.created, 'new in Clarky'],
    ['updated', summary.updated, ofCount(summary.updated, ...UPDATED)],
    [
      'unchanged',
      summary.unchanged - corrected,
      settings.live === true ? LIVE_UNCHANGED : 'as last sent: nothing to do',
    ],
    ['corrected', corrected, correctedMeaning(corrected)],
    ['merged', summary.merged, `${ofCount(summary.merged, 'row', 'rows')} folded into another row of the same contact`],
    ['rejected', summary.rejected, hasRejectsFile(summary) ? whereInWords(summary) : 'not sent'],
    ['pending', summary.pending, 'not sent yet: run the same command again'],
  ];
  const width = Math.max(...counts.map(([, count]) => formatCount(count).length));
  for (const [label, count, meaning] of counts) {
    if (count === 0) continue;
    lines.push(`  ${label.padEnd(LABEL_WIDTH)}${formatCount(count).padStart(width)}  ${meaning}`);
  }
  lines.push(...becameByFile(summary.files), ...reasonsSection(summary), ...leftOutSection(summary.leftOut));
  lines.push('', traffic(summary), ...metThereInWords(summary), ...absentInWords(summary));
  lines.push(...nextSection(summary, settings, toUndo));
  return `${lines.join('\n')}\n`;
}

const UPDATED = ['was there, and has the new values', 'were there, and have the new values'] as const;

/** Whom Clarky had already, no import of the file may have sent. */
const LIVE_UNCHANGED = 'in Clarky as the file says, or as last sent: nothing to do';

/** A rejects file is corrected itself, by the newest reasons, which stand elsewhere. */
function whereInWords({ file, rejects, isRejectsFile }: Summary): string {
  return `${correctedIn(file, rejects, isRejectsFile) === rejects ? 'see' : 'why:'} ${printable(rejects)}`;
}

function absentInWords({ absent = 0 }: Summary): string[] {
  if (absent === 0) return [];
  const [who, are, they] = absent === 1 ? ['contact', 'is', 'it stays'] : ['contacts', 'are', 'they stay'];
  return [`${formatCount(absent)} ${who} of earlier imports ${are} not in the file any more; ${they} in Clarky.`];
}

/** Nothing was known of them before they were written to. */
function metThereInWords({ metThere = 0, log }: Summary): string[] {
  if (metThere === 0) return [];
  const [were, they, them] = metThere === 1 ? ['was', 'it', 'it'] : ['were', 'they', 'them'];
  const where = log === '' || log === '-' ? '' : ` ${printable(log)} has ${them} as "wasThere".`;
  const said = `${formatCount(metThere)} of the updated ${were} in Clarky already when this file sent ${them} first; what ${they} held there was not looked at.${where} With --live it is, and lists are joined.`;
  return wrapped(said, 80);
}

const REASONS_SHOWN = 5;

function reasonsSection({ reasons, rejected }: Summary): string[] {
  const all = Object.entries(reasons);
  if (all.length === 0) return [];
  const width = Math.max(...all.map(([, count]) => formatCount(count).length));
  // The last one takes no more room than that there is one more.
  const shown = all.length === REASONS_SHOWN + 1 ? all.length : REASONS_SHOWN;
  return [
    '',
    `Why rows were rejected${underEach(Object.values(reasons), rejected)}`,
    ...all.slice(0, shown).map(([code, count]) => {
      const why = remedyOf(code).title;
      return shortened(`  ${formatCount(count).padStart(width)}  ${printable(why)}`, 80);
    }),
    ...(all.length > shown ? [`  and ${all.length - shown} more reasons, beside each row in the rejects file`] : []),
  ];
}
