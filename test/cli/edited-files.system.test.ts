/** Files that people write and edit: whatever mark an editor puts before them, and however many bytes it writes a character. */
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { UNLIMITED, workplace } from '../support/cli.js';

const FILE = 'First Name,Email,Remark\nAda,ada@example.com,old\n';
const EDITS = JSON.stringify([{ line: 2, column: 'Remark', was: 'old', value: 'new' }]);
const JSON_MAPPING = JSON.stringify({ version: 1, columns: { Email: 'emails', Remark: 'job_title' } });
const YAML_MAPPING = 'version: 1\ncolumns:\n  Email: emails\n  Remark: job_title\n';

const big = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le').swap16();

describe.each([
  ['a mark before UTF-8', (text: string) => Buffer.from(`\ufeff${text}`)],
  ['UTF-16, little end first', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16, big end first', big],
])('%s', (_, written) => {
  it.each([JSON_MAPPING, YAML_MAPPING])('is read in a key, a mapping and corrections: %s', async (mapping) => {
    const place = await workplace();
    await place.write('c.csv', FILE);
    await place.write('c.csv.edits.json', written(EDITS));
    await place.write('c.csv.mapping.json', written(mapping));
    await place.write('key', written(`${place.sandbox.key}\r\n`));
    const { code, stderr } = await place.hereWith(
      { env: { CLARKY_KEY: undefined } },
      ...['import', 'c.csv', '--key-file', 'key', ...UNLIMITED],
    );
    expect([code, stderr]).toEqual([0, expect.stringContaining('1 correction of c.csv.edits.json is applied.')]);
    expect(place.sandbox.contacts()).toMatchObject([{ emails: ['ada@example.com'], job_title: 'new' }]);
  });

  it('is read in a profile', async () => {
    const place = await workplace();
    await place.here('login', 'acme');
    const profile = place.path('.config/clarky-contacts/profiles/acme.json');
    await writeFile(profile, written(await readFile(profile, 'utf8')));
    const { code } = await place.hereWith({ env: { CLARKY_KEY: undefined } }, 'bots', '--profile', 'acme');
    expect(code).toBe(0);
  });
});
