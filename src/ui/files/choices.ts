/** What a page may choose, checked by the table of settings: the page is believed no more than a command line. */
import { isTargetWord, unknownTarget } from '../../mapping/file/target-word.js';
import { checkSetting } from '../../settings/resolve.js';
import { settingRows } from '../../settings/settings.js';
import { BadRequest } from '../access/body.js';
import type { ColumnChoice, ReadingChoices, SendingChoices } from '../wire.js';

const READING = ['encoding', 'delimiter', 'sheet', 'noHeader', 'country'] as const;
const SENDING = [
  'duplicates',
  'sharedPhone',
  'sharedEmail',
  'onInvalid',
  'unmapped',
  'persons',
  'live',
  'resend',
  'retryRejected',
] as const;

/** @throws ImporterError `usage` */
export function readingChoices(body: Readonly<Record<string, unknown>>): ReadingChoices {
  return chosen(body, READING);
}

/** @throws ImporterError `usage` */
export function sendingChoices(body: Readonly<Record<string, unknown>>): SendingChoices {
  return chosen(body, SENDING);
}

function chosen(body: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  const rows = new Map<string, ReturnType<typeof settingRows>[number][1]>(settingRows());
  const choices: Record<string, unknown> = {};
  for (const name of names) {
    const value = body[name];
    const row = rows.get(name);
    if (value === undefined || row === undefined) continue;
    choices[name] = value === null || value === '' ? null : checkSetting(row, value, name, Date.now());
  }
  return choices;
}

/** @throws BadRequest */
export function columnChoices(value: unknown): ColumnChoice[] {
  if (!Array.isArray(value)) throw new BadRequest(400, 'bad_request', 'There are no columns.');
  return value.map((one) => columnChoice(one as unknown));
}

/** @throws BadRequest */
export function columnChoice(value: unknown): ColumnChoice {
  const { index, to, decimal, dates } = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  if (typeof index !== 'number' || !Number.isInteger(index) || typeof to !== 'string' || to === '' || to.length > 500) {
    throw new BadRequest(400, 'bad_request', 'A column has a number and a field.');
  }
  if (!isTargetWord(to))
    throw new BadRequest(
      400,
      'bad_request',
      `The column can't become that: ${unknownTarget(to).replace(/[^?]$/, '$&.')}`,
    );
  return {
    index,
    to,
    decimal: decimal === 'point' || decimal === 'comma' ? decimal : null,
    dates: dates === 'dmy' || dates === 'mdy' ? dates : null,
  };
}
