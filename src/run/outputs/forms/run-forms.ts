/** How the log and the summary of a run begin: both are JSON, as a lot is that is nobody's business. Pure. */

const MOMENT = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;

/** What a line of the log tells of (log-lines.ts). */
const EVENTS = [
  'started',
  'contact',
  'name_doubt',
  'unclear_name',
  'throttled',
  'retrying',
  'pace',
  'limit',
  'other_program',
  'warning',
  'stopping',
  'ended',
  'undone',
  'undo_ended',
  'workspace',
];

const LOG_LINE = new RegExp(
  String.raw`^\{"level":[2-5]0,"time":"${MOMENT}","pid":\d+,"event":"(?:${EVENTS.join('|')})"[,}]`,
);
/** A first line of which a full disk took no more than its stamp. */
const TORN_LOG_LINE = new RegExp(String.raw`^\{"level":[2-5]0(?:,"time":"${MOMENT}")?[^\n]{0,30}$`);

/** Whether a text begins as a log does: its first line has the fields of ours, in their order. */
export function isLog(text: string): boolean {
  return LOG_LINE.test(text) || (TORN_LOG_LINE.test(text) && !text.endsWith('}'));
}

const COUNTS = ['rows', 'contacts', 'created', 'updated', 'unchanged', 'merged', 'rejected', 'pending', 'requests'];
const PATHS = ['checkpoint', 'rejects', 'log', 'report'];
/** All that is known of a run that did not begin. */
const OF_NO_RUN = new Set(['file', 'api', 'bot', 'start', 'end', 'exit', 'error', 'message']);

/** What stands for the summary while a run is at work. */
const OF_A_BEGUN = new Set(['file', 'start', 'running']);

/** Whether a text is the summary of a run, or says why there was none: one line, with all that such a line has. */
export function isSummary(text: string): boolean {
  const facts = objectIn(text);
  if (facts === undefined) return isSummaryCutOff(text);
  const { file, start, end, exit } = facts;
  if (!['string', 'undefined'].includes(typeof file)) return false;
  if (facts['running'] === true) return isMoment(start) && Object.keys(facts).every((name) => OF_A_BEGUN.has(name));
  if (!isMoment(start) || !isMoment(end) || typeof exit !== 'number') return false;
  const isOfARun =
    file !== undefined &&
    COUNTS.every((name) => typeof facts[name] === 'number') &&
    PATHS.every((name) => typeof facts[name] === 'string');
  if (isOfARun) return !('level' in facts);
  const { error, message } = facts;
  const saysWhy = typeof error === 'string' && typeof message === 'string';
  return saysWhy && Object.keys(facts).every((name) => OF_NO_RUN.has(name));
}

const SUMMARY_START =
  /^\{"file":"(?:[^"\\]|\\.)*",(?:"(?:sheet|likelyCountry)":"(?:[^"\\]|\\.)*",)*(?:"files":\[\{"file":"|"rows":\d+,"contacts":\d+,"created":)/;

/** That of thousands of files is longer than what is looked at. */
function isSummaryCutOff(text: string): boolean {
  return !text.includes('\n') && SUMMARY_START.test(text);
}

function isMoment(value: unknown): boolean {
  return typeof value === 'string' && new RegExp(`^${MOMENT}$`).test(value);
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

export const DIFFERENCE_COLUMNS = [
  'line',
  'what',
  'email',
  'phone',
  'contact_id',
  'field',
  'expected',
  'found',
] as const;
