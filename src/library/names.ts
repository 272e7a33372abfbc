/** Which options each call takes: one that it does not would be ignored in silence. */
import { ImporterError } from '../errors.js';
import { type OTHERS, requireObject, SETTINGS_PAGE, unknownName } from '../settings/call-options.js';
import { VERIFY_SETTINGS } from '../settings/command-table.js';
import { READING_SETTINGS } from '../settings/reading-table.js';
import { API_SETTINGS, LIVE_SETTINGS, REPORT_SETTINGS, RUN_SETTINGS } from '../settings/sending-table.js';
import { SETTINGS } from '../settings/settings.js';

type Other = keyof typeof OTHERS;

const FILE = ['file', 'files', 'stdin', 'ownLines', 'signal', 'onEvent'] as const satisfies Other[];
const KEYS = ['key', 'moreKeys', 'rereadKeys', 'stateDir'] as const satisfies Other[];
const READING = [...FILE, ...namesOf(READING_SETTINGS)] as const;
export const API_NAMES = [...KEYS, ...namesOf(API_SETTINGS)] as const;
const SENDING = [...namesOf(LIVE_SETTINGS), ...namesOf(RUN_SETTINGS), ...namesOf(REPORT_SETTINGS)] as const;

export const CALLS = {
  importContacts: [...READING, ...API_NAMES, ...SENDING, 'rows', 'mapRow'],
  planContacts: [...READING, ...API_NAMES, ...namesOf(LIVE_SETTINGS), 'diff', 'onForeseen'],
  'planContacts, as live,': [...API_NAMES],
  verifyContacts: [
    ...READING,
    ...API_NAMES,
    ...namesOf(VERIFY_SETTINGS),
    ...namesOf(REPORT_SETTINGS),
    'all',
    'onChecked',
  ],
  undoImport: [
    ...API_NAMES,
    ...[
      'file',
      'files',
      'signal',
      'onEvent',
      'confirm',
      'checkpoint',
      'sheet',
      'workDir',
      'name',
      'log',
      'waitMs',
      'report',
    ],
  ],
  forgetFiles: ['workDir', 'name', 'checkpoint', 'confirm', 'all', 'stateDir'],
  readStatus: ['workDir', 'name', 'checkpoint'],
  listBots: [...API_NAMES, 'onEvent', 'signal'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type CallName = keyof typeof CALLS;

function namesOf<Table extends object>(table: Table): (keyof Table & string)[] {
  return Object.keys(table) as (keyof Table & string)[];
}

/** What of these options the call has no name for: of that kind there must be none. */
type Unnamed<Options, Call extends CallName> = Readonly<
  Record<Exclude<keyof Options, (typeof CALLS)[Call][number]>, never>
>;

/** One that takes some options within another counts once. */
function callsOf(names: readonly string[]): string {
  return [...new Set(names.map((name) => name.replace(/,.*$/, '')))].join(', ');
}

/**
 * Checks that a call takes every option that it is given.
 * @throws ImporterError `usage` naming the option, and where it belongs
 */
export function checkTaken<Call extends CallName, Options extends object>(
  call: Call,
  given: Options & Unnamed<Options, Call>,
): void {
  requireObject(given);
  const names: readonly string[] = CALLS[call];
  for (const [name, value] of Object.entries(given)) {
    if (names.includes(name)) continue;
    const others = Object.entries(CALLS).filter(([, taken]: readonly [string, readonly string[]]) =>
      taken.includes(name),
    );
    const isOfCommand = Object.hasOwn(SETTINGS, name);
    if (others.length === 0 && !isOfCommand) throw unknownName(name, names, SETTINGS_PAGE);
    // One that is undefined asks for nothing: several calls may be given one list of options.
    if (value === undefined) continue;
    throw new ImporterError('usage', `${call} does not take the option ${name}.`, {
      next:
        others.length === 0
          ? 'It is for the command line: docs/library.md lists what a call takes.'
          : `Leave it out: it is for ${callsOf(others.map(([other]) => other))}.`,
    });
  }
}
