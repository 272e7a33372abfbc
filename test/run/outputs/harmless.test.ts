/** What a server says, or holds, in the files that we write: no pager or terminal obeys it, and none of it begins a line. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDifferences } from '../../../src/run/outputs/differences.js';
import { openRejects } from '../../../src/run/outputs/rejects.js';
import { printOfRow, printsIn } from '../../../src/run/known/of-rejects/prints.js';
import { OpenedFile } from '../../../src/run/reading/reading.js';
import { privateFolder } from '../../support/folder.js';

const HOSTILE = 'A\u001b[31mRED\u001b]0;pwn\u0007\u202egnp.exe\u200b\u2028x\r\nFAKE: all is in Clarky\0\u009b1m';
const HARMLESS = 'A\\x1b[31mRED\\x1b]0;pwn\\x07\\u202egnp.exe\\u200b\\u2028x FAKE: all is in Clarky\\x00\\x9b1m';
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** Its records, without the mark at its start and what ends each. */
async function linesOf(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8');
  return text.replace(/^\ufeff/, '').split('\r\n');
}

it('a message in a rejects file shows what it holds', async () => {
  const path = join(await privateFolder(), 'r.csv');
  const rejects = await openRejects(path, { header: ['Email'], delimiter: ',' }, false);
  const problems = [{ code: 'validation_error', message: `Clarky rejected it: ${HOSTILE}` }];
  await rejects.write({ cells: ['ann@x.example'], line: 2 }, problems);
  await rejects.finish();
  const lines = await linesOf(path);
  expect(lines[1]).toContain(HARMLESS);
  for (const line of lines) expect(HIDDEN.exec(line)).toBeNull();

  // It is known again by it.
  const file = await OpenedFile.open({ file: path });
  for await (const records of file.records({})) {
    expect(printsIn(file.dialect.header, records)).toEqual([printOfRow('2', problems)]);
  }
  await file.close();
});

it("the source's own cells are left as they are, and the message names their columns harmlessly", async () => {
  const path = join(await privateFolder(), 'r.csv');
  const rejects = await openRejects(path, { header: ['Em\u200bail', 'No\u202ete'], delimiter: ',' }, false);
  await rejects.write({ cells: ['ann\u200b@x.example', '=1\u202e'], line: 2 }, []);
  await rejects.finish();
  const file = await OpenedFile.open({ file: path });
  for await (const records of file.records({})) {
    expect(records[0]?.cells.slice(0, 2)).toEqual(['ann\u200b@x.example', "'=1\u202e"]);
    expect(records[0]?.cells[4]).toBe(' An apostrophe was put before column "No\\u202ete".');
  }
  await file.close();
});

it('the file of differences shows what Clarky holds', async () => {
  const path = join(await privateFolder(), 'd.csv');
  const differences = await openDifferences(path);
  await differences.write({
    kind: 'different',
    lines: [2],
    contact: { emails: ['ann@x.example'] },
    contactId: HOSTILE,
    differences: [{ field: 'last_name', expected: 'Lee', found: HOSTILE }],
  });
  await differences.finish();
  const lines = await linesOf(path);
  expect(lines[1]).toContain(`last_name,Lee,${HARMLESS}`);
  for (const line of lines) expect(HIDDEN.exec(line)).toBeNull();
});
