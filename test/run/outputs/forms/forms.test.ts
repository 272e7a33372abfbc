import { describe, expect, it } from 'vitest';
import { outputOf } from '../../../../src/run/outputs/forms/forms.js';

const isRejects = (text: string): boolean => outputOf('rejects', 'x').isOurs(text);
const HEADER = 'Email,import_line,import_error,import_message';

describe('a rejects file of ours', () => {
  it.each([
    ['as it was written', `\ufeff${HEADER}\r\nbad,3,invalid_email,"Email: ""bad"" is not an email address."\r\n`],
    ['saved by a spreadsheet', `${HEADER.replaceAll(',', ';')}\nbad;3,0;invalid_email phone_too_short;Email: bad.\n`],
    ["with a column of the user's behind", `${HEADER},note\na@x.com,3,invalid_email,Bad.,looked at\n`],
    ['without its reasons', `${HEADER}\na@x.com,,,\n`],
    ['without rows', `${HEADER}\n`],
    ['cut off in the middle of a row', `${HEADER}\na,3,invalid_email,Bad.\n"a\nb",4,invalid_email,"Not an e`],
    ['that is empty', ''],
  ])('%s', (_, text) => expect(isRejects(text)).toBe(true));

  it.each([
    ['other things under its columns', `${HEADER}\n1,Monday,yes and No,hello\n`],
    ['an error that is a sentence', `${HEADER}\n1,12,It did not work,It did not work.\n`],
    ['one of its columns only', 'Email,import_line\na,3\n'],
    ['its columns in another order', 'Email,import_error,import_line,import_message\na,bad,3,Bad.\n'],
    ['other things further down', `${HEADER}\na,3,invalid_email,Bad.\nb,x,y,z\n`],
  ])('and none with %s', (_, text) => expect(isRejects(text)).toBe(false));
});

const STAMP = '2026-11-26T11:27:57.712Z';
const SUMMARY = {
  ...{ file: 'a.csv', rows: 1, contacts: 0, created: 0, updated: 0, unchanged: 0, merged: 0, rejected: 1, pending: 0 },
  ...{ requests: 0, complete: true, checkpoint: 'a.checkpoint.jsonl', rejects: '', log: '', report: '' },
  ...{ api: 'https://x.com', bot: 'bot_1', start: STAMP, end: STAMP, exit: 3 },
};
const NOT_BEGUN = { file: 'a.csv', start: STAMP, end: STAMP, exit: 2, error: 'file_not_found', message: 'No.' };
const LOG_LINE = { level: 30, time: STAMP, pid: 7, event: 'ended', ...SUMMARY, msg: 'import ended' };

describe('the summary of a run', () => {
  const isLatest = (value: unknown): boolean => outputOf('latest', 'x').isOurs(`${JSON.stringify(value)}\n`);

  it('is one of a run, or of one that did not begin', () => {
    expect([SUMMARY, NOT_BEGUN, { ...SUMMARY, error: 'x', message: 'y' }].every(isLatest)).toBe(true);
    const files = Array.from({ length: 3000 }, () => ({ file: 'a.csv', rows: 1 }));
    for (const known of [{}, { sheet: 'A' }, { sheet: 'A', likelyCountry: 'GB' }]) {
      const whole = JSON.stringify({ file: 'a', ...known, files });
      expect(outputOf('latest', 'x').isOurs(whole.slice(0, 65_536))).toBe(true);
    }
  });

  it.each([
    [{ suite: 'e2e', results: [{ file: 'a.test.ts', exit: 0 }], precious: true }],
    [{ ts: 1, cmd: 'x', file: 'y', exit: 0 }],
    [{ ...NOT_BEGUN, precious: true }],
    [LOG_LINE],
    [[SUMMARY]],
  ])('is none with other fields: %j', (value) => {
    expect(isLatest(value)).toBe(false);
  });

  it('is none where more follows', () => {
    expect(outputOf('latest', 'x').isOurs(`${JSON.stringify(SUMMARY)}\n{"ts":2}\n`)).toBe(false);
  });
});

describe('a log', () => {
  const isLog = (text: string): boolean => outputOf('log', 'x').isOurs(text);
  const line = JSON.stringify(LOG_LINE);

  it('is one with our fields in our order, or with a first line that broke off', () => {
    expect(
      [`${line}\n`, `${line}\n{"level":`, '{"level":30,"time":"2026-11', `{"level":30,"time":"${STAMP}","pid":`].map(
        isLog,
      ),
    ).toEqual(Array(4).fill(true));
  });

  it.each([
    '{"level":30,"time":1531171074631,"pid":657,"hostname":"Davids-MBP","msg":"hello"}\n',
    `{"level":30,"time":"${STAMP}","pid":657,"hostname":"h","msg":"hello"}\n`,
    `{"level":30,"time":"${STAMP}","pid":657,"event":"login","msg":"hello"}\n`,
    '{"level":30}',
    '{"level":"info"}\n',
  ])('is none of another program: %s', (text) => {
    expect(isLog(text)).toBe(false);
  });
});
