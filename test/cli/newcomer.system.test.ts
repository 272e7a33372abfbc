/** What somebody meets who has never used it: a file with faults, the rejects, their correction, and the words for all of it. */
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { UNLIMITED, workplace } from '../support/cli.js';

/** Dee and Dan, who share a phone, stand on lines 3 and 4; Cy, whose e-mail is none, on line 2. */
const FAULTY = `Name,Email,Phone
Cy Cole,cy(at)x.example,+442079460111
Dee Doe,dee@x.example,+442079460222
Dan Doe,dan@x.example,+442079460222
Eve Eden,eve@x.example,
`;

describe('of rejects', () => {
  it('those that are rejected again are told by the lines of the first file, and corrected where they were', async () => {
    const work = await workplace();
    await work.write('c.csv', FAULTY);
    const first = await work.run('import', 'c.csv', ...UNLIMITED);
    expect(first.stdout).toContain(
      'correct c.csv.rejected.csv, then:\n    clarky-contacts import c.csv.rejected.csv --rate off\n',
    );
    const rejects = work.path('c.csv.rejected.csv');
    await writeFile(rejects, (await readFile(rejects, 'utf8')).replace('cy(at)', 'cy@'));

    const second = await work.run('import', 'c.csv.rejected.csv', ...UNLIMITED);
    expect(second.stderr).toContain('Lines are numbered as in c.csv: see the column import_line.\n');
    expect(second.stdout).toContain(
      'correct the rest in c.csv.rejected.csv, then:\n    clarky-contacts import c.csv.rejected.csv --rate off\n',
    );
    // In the file that was written a row and what is said of it have one numbering.
    const rest = await readFile(work.path('c.csv.rejected.csv.rejected.csv'), 'utf8');
    expect(rest).toMatch(/^Dee Doe,.*,3,shared_phone,"One phone number, different names and e-mails: lines 3 and 4,/m);
    expect((await work.run('plan', 'c.csv.rejected.csv')).stdout).toContain('      lines 3 and 4: One phone number');
    expect((await work.run('verify', 'c.csv.rejected.csv')).stdout).toContain('! line 3  rejected: One phone');

    const two = (await readFile(rejects, 'utf8')).replace(/(?<=dan@x.example,'\+)\d+/, '442079460333');
    await writeFile(rejects, two);
    const third = await work.run('import', 'c.csv.rejected.csv', ...UNLIMITED, '--json');
    expect(JSON.parse(third.stdout)).toMatchObject({ unchanged: 1, created: 2, rejected: 0 });
  });
});
