/** What was written for the command line, in words for the page and the report: neither names an option. */
import { formatCount } from './durations.js';

const SEND_AGAIN = 'Send it again later: what is in Clarky already is not sent twice.';

/** What to do about an error on the page, where its own words are of the command line. */
const NEXT_ON_PAGE: Readonly<Record<string, string>> = {
  bad_mapping: 'Decide under “Columns” which one is the e-mail or the phone.',
  no_key: 'Type the key at the top of the page.',
  no_bot:
    'Choose under “Plan” which bot gets the contacts. Where none can be chosen there, make a pipeline in Clarky, or type a key that may read at the top of the page.',
  wrong_bot: 'Choose another bot under “Plan”, or type a key that sees this one at the top of the page.',
  unauthorized:
    "The key may be mistyped, cut off or revoked: type another one at the top of the page. A new one is made in Clarky's settings.",
  forbidden:
    "This key may not both read and write: type one that may at the top of the page. For one that may only write, untick “Read Clarky's contacts first” under “What to send”.",
  wrong_url: "Correct Clarky's address at the top of the page.",
  bad_encoding: 'Choose the encoding under “How it was read”.',
  bad_dialect:
    'Under “How it was read”, say that there are no names of the columns, or choose another sign between the cells.',
  guarded: 'Look at the rows under “Plan” before you send them.',
  unreachable: SEND_AGAIN,
  deadline: SEND_AGAIN,
  not_writable:
    'What belongs to a file lies beside it: allow writing in its folder, or copy the file into another folder and open it there.',
  locked: 'Wait until the other import has ended, then send it again.',
};

const NAMES_COMMAND = /--\w|clarky-contacts \w/;

/** Whose own next step goes first, where it is one for the page. */
const HAVE_WORDS_OF_THEIR_OWN = ['bad_dialect', 'bad_mapping', 'not_writable'];

/** The next step of an error, in words for the page. */
export function nextOnPage(code: string, next: string | undefined): string | null {
  const own = Object.hasOwn(NEXT_ON_PAGE, code) ? NEXT_ON_PAGE[code] : undefined;
  // What is wrong with one file wants other words than what is wrong with all of this kind.
  if (HAVE_WORDS_OF_THEIR_OWN.includes(code) && next !== undefined && !NAMES_COMMAND.test(next)) return next;
  return own ?? nextInReport(next) ?? null;
}

/**
 * The next step of an error in a report, where commands stand apart, in a list: as far as it names none. Undefined where it
 * begins with one.
 */
export function nextInReport(next: string | undefined): string | undefined {
  const command = next === undefined ? -1 : next.search(NAMES_COMMAND);
  if (next === undefined || command < 0) return next;
  const before = /^(.*)(?:[.;] |, or )/s.exec(next.slice(0, command))?.[1];
  return before === undefined ? undefined : `${before}.`;
}

const OPTION = /--[a-z]/;
const LIVE = "“Read Clarky's contacts first”";

/** Whether a note of the page says what is so where it is unticked that Clarky's contacts are read first: of no use while it is ticked. */
export function isOfUnread(note: string): boolean {
  return note.includes(`${LIVE} is unticked`);
}

/** What a sentence says of an option that the page has another name for, or that is one half of it. */
const ON_PAGE: readonly (readonly [RegExp, string])[] = [
  [/ \([^()]*--[a-z][^()]*\)/g, ''],
  [/^With --persons each, each does\.$/, 'Each does where that is chosen under “What to send”.'],
  [/\? --repair-text reads it so; it is/g, '? It is'],
  [/^Without --live /g, `Where ${LIVE} is unticked, `],
  [/^With --live /g, `Where ${LIVE} is ticked, `],
  [/(?<=[;:] )without --live /g, `where ${LIVE} is unticked, `],
  [/(?<=[;:] )with --live /g, `where ${LIVE} is ticked, `],
  [/\bwithout --live\b/g, `where ${LIVE} is unticked`],
  [/\bwith --live\b/g, `where ${LIVE} is ticked`],
];

/** How many corrections are used, which the page says in a place of its own. */
const CORRECTED = /^\d+ corrections? of .* (?:is|are) applied\b/s;

/** What is said of how a file was read, in words for the page: without what names an option; "" where nothing is left. */
export function noteOnPage(note: string): string {
  if (note.startsWith('The encoding is a guess') || CORRECTED.test(note)) return '';
  const sentences = note.split(/(?<=[.!?…]) (?=[\p{Lu}"“])/u);
  return sentences
    .map(sentenceOnPage)
    .filter((sentence) => sentence !== '')
    .join(' ');
}

/** Whole, or as far as it goes without an option where a clause ends there; "" where none does. */
function sentenceOnPage(sentence: string): string {
  if (!OPTION.test(sentence)) return sentence;
  const said = ON_PAGE.reduce((text, [what, words]) => text.replace(what, words), sentence);
  const at = said.search(OPTION);
  if (at < 0) return said;
  const whole = /^(.+)(?:[;:] |, or )/s.exec(said.slice(0, at))?.[1];
  return whole === undefined ? '' : `${whole}.`;
}

/** What is wrong with a row, in words for the page: without a clause that names an option. */
export function messageOnPage(message: string): string {
  return message
    .replace(/, [^,:;.]*--[a-z][^,:;.]*/g, '')
    .replace(/\blines ((?:\d+, )*\d+) and ([\d,]+)( more)?/, fewLines)
    .replace(/^[a-z]/, (first) => first.toUpperCase());
}

const MOST_LINES = 5;

/** Of a crowd each row would name all the others: some of them tell as much. */
function fewLines(all: string, named: string, last: string, more: string | undefined): string {
  const lines = named.split(', ');
  const total = lines.length + (more === undefined ? 1 : Number(last.replaceAll(',', '')));
  const shown = lines.slice(0, 3);
  return total <= MOST_LINES ? all : `lines ${shown.join(', ')} and ${formatCount(total - shown.length)} more`;
}

const CLEARS =
  "Clarky empties what an update does not name: where “Read Clarky's contacts first” is ticked, all that it has is sent along.";
const EDITED =
  'The file of rejected rows was changed since it was written: the changed one is kept beside it, with “edited” and the day in its name.';

/** What an import meets on its way, and neither the plan nor the outcome tells: as it was said, or in words for the page. */
const MET_ON_THE_WAY: Readonly<Record<string, string | undefined>> = {
  bots_apart: undefined,
  budget_not_shared: undefined,
  clears_fields: CLEARS,
  contact_claimed: undefined,
  contact_points: undefined,
  contacts_not_shared: undefined,
  dropped_by_clarky: undefined,
  log_unread: undefined,
  no_report: undefined,
  people_not_shared: undefined,
  reads_spent: undefined,
  redis_not_by_all: undefined,
  rejects_differing: undefined,
  rejects_edited: EDITED,
  unseen: undefined,
  workspace_endless: undefined,
  workspace_in_motion: undefined,
  workspace_unsure: undefined,
};

/** What an import warned of, for the page: without what the page tells elsewhere, each once. */
export function warningsOnPage(warned: readonly { readonly code: string; readonly message: string }[]): string[] {
  const met = warned.filter(({ code }) => Object.hasOwn(MET_ON_THE_WAY, code));
  const told = met.map(({ code, message }) => MET_ON_THE_WAY[code] ?? noteOnPage(message));
  return [...new Set(told)].filter((words) => words !== '');
}
