/** A country that is told holds for every file of a list: it is offered for what speaks for it, and for nothing else. */
import { expect, it } from 'vitest';
import { UNLIMITED, workplace } from '../support/cli.js';

const plain = (text: string): string => text.replaceAll(/\s+/g, ' ');
const GERMAN = ['1', '2', '3', '4', '5', '6'].map((at) => `Uwe${at},uwe${at}@firma.de,030 2312500${at}\n`).join('');
const DE = `Vorname,E-Mail,Telefon\n${GERMAN}`;
const US = 'Name,Email,Mobile\nAnn Lee,ann@example.com,212-555-0149\n';

it('a list with phones of somewhere else gets no country of one of its files; the file gets it alone', async () => {
  const { write, here, sandbox } = await workplace();
  await write('us.csv', US);
  await write('de.csv', DE);
  const { stdout } = await here('import', 'us.csv', 'de.csv', '--live', ...UNLIMITED);
  expect(stdout).not.toContain('us.csv de.csv --country');
  expect(stdout).toContain('if phones without + of de.csv are of DE, import it alone:');
  expect(stdout).toMatch(/clarky-contacts import de\.csv --country DE --live/);
  const planned = plain((await here('plan', 'us.csv', 'de.csv')).stdout);
  expect(planned).toContain('Those of de.csv look like numbers of DE: if they are, import it alone with --country DE.');
  await here('import', 'de.csv', '--country', 'DE', '--live', ...UNLIMITED);
  expect(sandbox.contacts().flatMap(({ phone_numbers }) => phone_numbers ?? [])).not.toContain('+492125550149');
  expect(sandbox.contacts()).toHaveLength(6);
});

it('the state of the list is not told to a file that is imported alone', async () => {
  const { write, here } = await workplace();
  await write('us.csv', US);
  await write('de.csv', DE);
  const { stdout } = await here('import', 'us.csv', 'de.csv', '--name', 'both', ...UNLIMITED);
  expect(stdout).toMatch(/clarky-contacts import de\.csv --country DE(?! --name)/);
  expect(stdout).not.toContain('--country DE --name both');
});

it('a list gets the country that each of its files speaks for, where phones lack it', async () => {
  const { write, here } = await workplace();
  await write('de.csv', DE);
  await write('at.csv', 'Vorname,E-Mail,Telefon\nEva,eva@firma.de,030 23125009\n');
  await write('plus.csv', 'Name,Email,Mobile\nAnn Lee,ann@example.com,+12125550149\n');
  const { stdout } = await here('import', 'plus.csv', 'de.csv', 'at.csv', ...UNLIMITED);
  expect(stdout).toContain('import plus.csv de.csv at.csv --country DE');
});

it('each file is judged by its own first rows, however long the file before it is', async () => {
  const { write, here } = await workplace();
  const rows = Array.from({ length: 250 }, (_, at) => `Uwe${at},uwe${at}@firma.de,030 2312${5000 + at}\n`).join('');
  await write('a-de.csv', `Vorname,E-Mail,Telefon\n${rows}`);
  await write('b-us.csv', US);
  const { stdout } = await here('import', 'a-de.csv', 'b-us.csv', ...UNLIMITED);
  expect(stdout).not.toContain('b-us.csv --country');
  expect(stdout).toContain('clarky-contacts import a-de.csv --country DE');
});

it('a list that is sent anew says which settings of its file it does without', async () => {
  const { write, here } = await workplace();
  await write('us.csv', 'Name,Email\nAnn Lee,ann@example.com\n');
  await write('de.csv', DE);
  await here('import', 'de.csv', '--country', 'DE', '--set', 'company=Secret', ...UNLIMITED);
  const { stdout, stderr } = await here('import', 'de.csv', 'us.csv', ...UNLIMITED);
  expect(plain(stderr)).toContain(
    'all of it is sent again. Its settings (--country DE, --set company) do not hold for this list: give them again, where they fit every file of it. With --checkpoint de.csv.checkpoint.jsonl they hold for all of it, and only what is new or has changed is sent;',
  );
  expect(stdout).toContain('import de.csv us.csv --country DE');
});

it('a list that is told them says nothing of them', async () => {
  const { write, here } = await workplace();
  await write('us.csv', 'Name,Email\nAnn Lee,ann@example.com\n');
  await write('de.csv', DE);
  await here('import', 'de.csv', '--country', 'DE', ...UNLIMITED);
  const { code, stderr } = await here('import', 'de.csv', 'us.csv', '--country', 'DE', ...UNLIMITED);
  expect(code).toBe(0);
  expect(plain(stderr)).not.toContain('Its settings');
});
