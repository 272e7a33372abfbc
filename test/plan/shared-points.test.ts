import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { planContacts } from '../../src/run/plan/plan.js';
import { privateFolder } from '../support/folder.js';

const HEADER = 'Vorname,Nachname,E-Mail,E-Mail 2,Telefon,Mobil\n';

it.each([
  ['+4930901820,+491711234567', '+4930901820,+491717654321', '+4930901820 (Telefon)'],
  ['030 901820,+491711234567', '+491711234567,030 901821', '+491711234567 (Mobil)'],
  ['030 901820,+491711234567', '+491717654321,+4930901820', '+4930901820 (Telefon)'],
])('what people share is named with the column that it stands in: %s and %s', async (one, other, shared) => {
  const file = join(await privateFolder(), 'c.csv');
  await writeFile(file, `${HEADER}Ann,Lee,ann@x.com,,${one}\nBob,Kay,bob@x.com,,${other}\n`);
  const { problems } = await planContacts({ file, country: 'DE' });
  expect(problems.map(({ code, examples }) => [code, examples[0]?.message])).toEqual([
    ['shared_phone', expect.stringContaining(`, have ${shared}. `) as string],
  ]);
});

it('and so is an e-mail', async () => {
  const file = join(await privateFolder(), 'c.csv');
  await writeFile(file, `${HEADER}Ann,Lee,ann@x.com,team@x.com,,\nBob,Kay,bob@x.com,Team@x.com,,\n`);
  const { problems } = await planContacts({ file });
  expect(problems[0]?.examples[0]?.message).toContain(', have team@x.com (E-Mail 2). ');
});
