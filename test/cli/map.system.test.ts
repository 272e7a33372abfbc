import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { matchesField } from '../../src/cli/map/questions.js';
import { peopleCsv, workplace } from '../support/cli.js';

describe('map with a mapping file that is broken', () => {
  it('gives advice that does not lead to itself, and the advice helps', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(2));
    await place.write('c.csv.mapping.json', '{"version":1,"columns":{"Email":"emial"}}');
    const { code, stderr } = await place.here('map', 'c.csv', '--yes');
    expect(code).toBe(2);
    expect(stderr).toContain('c.csv.mapping.json, line 1');
    expect(stderr).toContain('mv c.csv.mapping.json c.csv.mapping.json.broken-');
    expect(stderr).not.toContain('clarky-contacts map');
  });
});

describe('map of a table without e-mails and phones', () => {
  it('writes what it was asked for, and says what a plan would: nothing can be imported by it', async () => {
    const place = await workplace();
    await place.write('c.csv', 'Zorp,Blin\n1,2\n');
    const { code, stdout, stderr } = await place.here('map', 'c.csv', '--yes');
    expect(code).toBe(2);
    expect(stdout).toContain('Wrote c.csv.mapping.json.');
    expect(stderr).toContain('No column holds emails or phones: no name is known ("Zorp", "Blin")');
    expect(stderr).toContain('run the same command without --yes');
    expect(stderr).not.toContain('clarky-contacts map');
  });
});

describe('the search for a field', () => {
  it.each([
    ['zip', 'postal_code'],
    ['ZIP', 'postal_code'],
    ['surname', 'last_name'],
    ['mobile', 'phone_numbers'],
    ['postal code', 'postal_code'],
  ] as const)('%s finds %s', (search, field) => {
    expect(matchesField(search, field)).toBe(true);
    expect(matchesField(search, 'tags')).toBe(false);
  });
});

it('map writes down what the values of a file decided, so that a few rows of the next one are read alike', async () => {
  const { here, write, path } = await workplace();
  await write('c.csv', 'Name;Email;Deal Value;Seit;Geprüft\nAda;ada@x.com;1.234,56;20/11/2026;30/11/2026\n');
  const columns = {
    Name: 'name',
    Geprüft: 'custom:Geprüft',
    Email: 'emails',
    'Deal Value': 'deal_value',
    Seit: { to: 'custom:Seit', type: 'date' },
  };
  await write('c.csv.mapping.json', JSON.stringify({ version: 1, columns }));
  expect((await here('map', 'c.csv', '--yes')).code).toBe(0);
  expect(JSON.parse(await readFile(path('c.csv.mapping.json'), 'utf8'))).toMatchObject({
    columns: {
      'Deal Value': { to: 'deal_value', decimal: 'comma' },
      Seit: { type: 'date', dates: 'dmy' },
      Geprüft: { dates: 'dmy' },
    },
  });
  await write('c.csv', 'Name;Email;Deal Value;Seit;Geprüft\nBob;bob@x.com;1.500;01/12/2026;02/12/2026\n');
  const plan = await here('plan', 'c.csv');
  expect([plan.code, plan.stdout]).toEqual([0, expect.not.stringContaining('ambiguous') as unknown]);
});

describe('map with its state in another folder', () => {
  it('leads to a plan that finds the mapping and the checkpoint there', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(2));
    const { stdout } = await place.here('map', 'c.csv', '--yes', '--work-dir', 'state1');
    expect(stdout).toContain(': clarky-contacts plan c.csv --work-dir state1\n');
  });
});
