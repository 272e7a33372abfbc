import { describe, expect, it } from 'vitest';
import { isReport, reportDocument } from '../../src/report/document.js';
import { importPart } from '../../src/report/import-part.js';
import { undoPart, verifyPart } from '../../src/report/later-parts.js';
import { fileWithCorrections } from '../../src/wording/rows/corrections.js';
import type { ImportReport } from '../../src/report/model.js';
import { RejectsByReason } from '../../src/report/rejects-table.js';
import { Timeline } from '../../src/report/timeline.js';

const HOSTILE = `"><script>alert(1)</script><img src=x onerror=alert(1)>'--><!--/part:import-->\u202e\u0007`;

function reportOf(changed: Partial<ImportReport> = {}): ImportReport {
  return {
    file: 'contacts.csv',
    startedAt: '2026-11-25T10:00:00.000Z',
    seconds: 60,
    counts: { rows: 10, created: 5, updated: 2, unchanged: 1, merged: 1, rejected: 1, pending: 0 },
    requests: 7,
    throttled: 0,
    corrections: 0,
    rowsLeftOut: 0,
    retries: 0,
    stopped: undefined,
    timeline: new Timeline({ limit: 60, windowMs: 60_000 }).data(60_000),
    rejects: new RejectsByReason().table(),
    leftOut: [],
    held: { rows: 0, lines: [] },
    columns: [],
    settings: [],
    next: [],
    data: undefined,
    ...changed,
  };
}

function textOf(report: ImportReport): string {
  const hasData = report.data !== undefined;
  return reportDocument({ name: 'import', content: importPart(report), hasData }, report.file, undefined);
}

/** Tags that do something, in any spelling. */
const ACTIVE = /<\s*(script|img|iframe|object|embed|link|base|form|a)\b|\son\w+\s*=|javascript:|url\(/i;

describe('the report', () => {
  it('runs nothing and loads nothing, whatever the file, its columns and its settings are called', () => {
    const rejects = new RejectsByReason();
    rejects.add({ line: 2 }, [{ code: HOSTILE, column: HOSTILE }]);
    const text = textOf(
      reportOf({
        file: HOSTILE,
        rejects: rejects.table(),
        columns: [{ column: HOSTILE, to: HOSTILE, isSent: true, reason: HOSTILE, fillRate: 0.5, samples: [HOSTILE] }],
        settings: [{ name: HOSTILE, value: HOSTILE }],
        next: [{ words: HOSTILE, command: HOSTILE }],
        stopped: { message: HOSTILE, next: HOSTILE },
        data: [{ place: { line: 2 }, column: HOSTILE, message: HOSTILE }],
      }),
    );
    const tags = [...text.matchAll(/<[^>]*>/g)].map(([tag]) => tag).filter((tag) => !tag.startsWith('<!--'));
    expect(tags.filter((tag) => ACTIVE.test(tag))).toEqual([]);
    expect(text.match(/<!--\/part:import-->/g)).toHaveLength(1);
    expect(text).not.toMatch(/[\u0007\u202e]/);
    expect(text).toContain(`default-src 'none'; style-src 'unsafe-inline'`);
    expect(text.match(/<style>/g)).toHaveLength(1);
  });

  it('of a run of seconds names the times where they stand', () => {
    const timeline = new Timeline({ limit: 60, windowMs: 60_000 }).data(6000);
    const text = textOf(reportOf({ timeline }));
    const axis = /<div class="axis".*?<\/div>/s.exec(text)?.[0] ?? '';
    expect([...axis.matchAll(/ x="([\d.]+%)"[^>]*>([\d.]+ s)</g)].map(([, x, tick]) => [x, tick])).toEqual([
      ['0%', '0 s'],
      ['33.3%', '2 s'],
      ['66.7%', '4 s'],
      ['100%', '6 s'],
    ]);
  });

  it.each([
    [900, ['0 s', '0.5 s', '1 s']],
    [15_600, ['0 s', '5 s', '10 s', '15 s']],
    [83_000, ['0 s', '30 s', '1 min']],
    [200_000, ['0 s', '1 min', '2 min', '3 min']],
    [4_380_000, ['0 s', '20 min', '40 min', '1 h']],
    [30_000_000, ['0 s', '5 h']],
    [690_000_000, ['0 s', '2 days', '4 days', '6 days']],
  ])('of a run of %i ms names round times alone', (endMs, times) => {
    const axis = /<div class="axis".*?<\/div>/s.exec(
      textOf(reportOf({ timeline: new Timeline({ limit: 60, windowMs: 60_000 }).data(endMs) })),
    )?.[0];
    expect([...(axis ?? '').matchAll(/>([^<]+)<\/text>/g)].map(([, tick]) => tick)).toEqual(times);
  });

  it('breaks no short word of a heading at its hyphen, and changes no letter of it', () => {
    const long = 'a-column-whose-name-is-a-sentence';
    const columns = ['E-mail 1 - Value', long].map((column) => {
      return { column, to: 'emails', isSent: true, reason: 'r', fillRate: 1, samples: [] };
    });
    const rejects = new RejectsByReason();
    rejects.add({ line: 2 }, [{ code: 'invalid_email', column: 'E-mail' }], true);
    const text = textOf(reportOf({ columns, rejects: rejects.table() }));
    expect(text).toContain('<th scope="row"><span class="word">E-mail</span> 1 - Value</th>');
    expect(text).toContain('<th scope="col" class="number"><span class="word">E-mail</span></th>');
    expect(text).toContain(`<th scope="row">${long}</th>`);
    expect(text).toMatch(/\.word\{white-space:nowrap\}/);
  });

  it('shows values only where they are wanted, and says so at the top', () => {
    const columns = [
      { column: 'Mail', to: 'emails', isSent: true, reason: 'r', fillRate: 1, samples: ['ada@example.com'] },
    ];
    expect(textOf(reportOf({ columns }))).not.toContain('ada@example.com');
    expect(textOf(reportOf({ columns }))).not.toContain('personal data');
    const withData = textOf(
      reportOf({ columns, data: [{ place: { line: 3 }, column: 'Mail', message: 'bob@ is no e-mail' }] }),
    );
    expect(withData).toContain('ada@example.com');
    expect(withData.indexOf('personal data')).toBeLessThan(withData.indexOf('<article>'));
  });

  it('says that no write was needed only where all is in Clarky', () => {
    const counts = { rows: 3, created: 0, updated: 0, unchanged: 0, merged: 0, rejected: 0, pending: 0 };
    expect(textOf(reportOf({ requests: 0, counts: { ...counts, unchanged: 3 } }))).toContain('No write was needed');
    expect(textOf(reportOf({ requests: 0, counts: { ...counts, rejected: 3 } }))).toContain('No write was made');
    expect(textOf(reportOf({ requests: 0, counts: { ...counts, pending: 3 } }))).toContain('No write was made');
  });

  it('stays small for 100,000 writes, 1,000 reasons and 500 columns', () => {
    const timeline = new Timeline({ limit: 60, windowMs: 60_000 });
    const rejects = new RejectsByReason();
    for (let n = 0; n < 100_000; n++) timeline.write(n * 1000, n % 50 === 0);
    for (let n = 0; n < 100_000; n++)
      rejects.add({ line: n }, [{ code: `code_${n % 1000}`, column: `Column ${n % 500}` }]);
    const columns = Array.from({ length: 500 }, (_, n) => {
      const column = `Column ${n} ${'x'.repeat(200)}`;
      return { column, to: 'notes', isSent: true, reason: 'because', fillRate: 0.5, samples: [] };
    });
    const text = textOf(reportOf({ timeline: timeline.data(100_000_000), rejects: rejects.table(), columns }));
    expect(text.length).toBeLessThan(150_000);
    expect(text).toContain('And 440 more columns.');
    expect(text).toContain('more reasons.');
  });

  it('tells that corrections were used, and holds file and corrections against Clarky', () => {
    expect(textOf(reportOf())).not.toContain('correction');
    expect(textOf(reportOf({ corrections: 1 }))).toContain('1 correction was used');
    expect(textOf(reportOf({ corrections: 1200 }))).toContain('1,200 corrections were used');
    expect(textOf(reportOf({ corrections: 7 }))).not.toContain('left out by hand');
    const skipped = textOf(reportOf({ corrections: 7, rowsLeftOut: 1 }));
    expect(skipped).toContain('1 row is left out by hand: it is in no other number.');
    expect([0, 1, 5].map((corrections) => fileWithCorrections(corrections))).toEqual([
      'the file says',
      'the file and its one correction say',
      'the file and its 5 corrections say',
    ]);
  });

  it('grows by verify and undo, and begins anew with the next import', () => {
    const file = 'contacts.csv';
    const first = textOf(reportOf());
    expect(isReport(first)).toBe(true);
    const times = { file, endedAt: '2026-11-25T11:00:00.000Z', next: [] };
    const verified = reportDocument(
      {
        name: 'verify',
        content: verifyPart({
          ...times,
          contacts: 8,
          checked: 8,
          same: 7,
          withoutValues: 2,
          leftOut: [{ column: 'E-mail', code: 'invalid_email', contacts: 2 }],
          corrections: 0,
          corrected: 0,
          different: 1,
          missing: 0,
          notSent: 0,
          takenBack: 0,
          setBack: 0,
          unknown: 0,
          rejected: 1,
          fields: [{ field: 'company', contacts: 1 }],
          lines: [{ line: 4 }],
          data: undefined,
        }),
        hasData: false,
      },
      file,
      first,
    );
    expect(verified).toContain(
      'Of 8 contacts, 7 are as the file says, 2 of them without values that were left out, 1 is in Clarky with other values. 1 row can&#39;t be sent as it stands.',
    );
    expect(verified).toContain('10 rows');
    const undone = reportDocument(
      {
        name: 'undo',
        content: undoPart({
          ...times,
          startedAt: '2026-11-25T11:30:00.000Z',
          contacts: 7,
          deleted: 5,
          setBack: 2,
          left: 0,
          nothingToDo: 0,
          beyondUndo: 0,
          pending: 0,
          leftLines: [],
        }),
        hasData: false,
      },
      file,
      verified,
    );
    expect(undone).toContain('Undone: 5 contacts deleted, 2 set back to what they were.');
    expect(undone).toContain('is in Clarky with other values.');
    expect(isReport(undone)).toBe(true);
    const again = reportDocument({ name: 'import', content: importPart(reportOf()), hasData: false }, file, undone);
    expect(again).toBe(first);
  });

  it('knows no other page as its own', () => {
    expect(isReport('<!doctype html><title>mine</title>')).toBe(false);
    expect(isReport('Email\n<meta name="generator" content="clarky-contacts report">')).toBe(false);
  });
});
