/** Two with one e-mail or phone whom only a courtesy, a firm, or another script tells apart: neither becomes the other. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planContacts } from '../../src/run/plan/plan.js';
import { importContacts } from '../../src/run/import/import.js';
import { workbench } from './workbench.js';

const HEADER = 'Salutation,First name,Last name,Company,Email,Phone\n';
const PHONE = '+442079460001';

const TWO: readonly (readonly [what: string, one: string, other: string])[] = [
  ['Mr and Mrs with an e-mail', 'Mr,,Smith,,s@x.com,\n', 'Mrs,,Smith,,s@x.com,\n'],
  ['Herr and Frau with a phone', `Herr,,Müller,,,${PHONE}\n`, `Frau,,Müller,,,${PHONE}\n`],
  ['M. and Mme in the name', ',,M. Dupont,,d@x.com,\n', ',,Mme Dupont,,d@x.com,\n'],
  ['Mr and Mrs J.', 'Mr,J.,Smith,,s@x.com,\n', 'Mrs,J.,Smith,,s@x.com,\n'],
  ['firms at one mailbox', ',,,Acme Ltd,info@hosting.com,\n', ',,,Beta GmbH,info@hosting.com,\n'],
  ['firms with one phone', `,,,Acme Ltd,,${PHONE}\n`, `,,,Beta GmbH,,${PHONE}\n`],
  ['one first name at a mailbox of many', ',Anna,Schmidt,,info@x.com,\n', ',Anna,Weber,,info@x.com,\n'],
  ['another script', ',Иван,Петров,,i@x.com,\n', ',Maria,Schmidt,,i@x.com,\n'],
];

const ONE: readonly (readonly [what: string, one: string, other: string])[] = [
  ['with a courtesy and without', 'Mr,,Smith,,s@x.com,\n', ',,Smith,,s@x.com,\n'],
  ['Mrs and Ms', `Mrs,,Smith,,,${PHONE}\n`, `Ms,,Smith,,,${PHONE}\n`],
  ['who is addressed wrongly', 'Mr,Anna,Lee,,a@x.com,\n', 'Ms,Anna,Lee,,a@x.com,\n'],
  ['a firm in other words', `,,,Acme,,${PHONE}\n`, `,,,ACME Plumbing Limited,,${PHONE}\n`],
  ['of a firm', ',,,Acme Ltd,ann@acme.com,\n', ',Ann,Lee,Acme Ltd,ann@acme.com,\n'],
  ['by a short name at a mailbox of many', ',Bob,Weber,,office@x.com,\n', ',Robert,Weber,,office@x.com,\n'],
  ['in another script', ',Иван,Петров,,i@x.com,\n', ',Ivan,Petrov,,i@x.com,\n'],
  ['王伟 in Latin letters', ',伟,王,,w@x.com,\n', ',Wei,Wang,,w@x.com,\n'],
];

/** Imports a row, then another: as a file with both, as the same file with the other one, and as another file. */
async function sendBoth(one: string, other: string, live: boolean) {
  const bench = await workbench(`${HEADER}${one}${other}`);
  const within = await planContacts({ file: bench.file });
  const both = await bench.import({ live });
  bench.sandbox.reset();

  const stateDir = join(bench.folder, 'state');
  const first = join(bench.folder, 'first.csv');
  const second = join(bench.folder, 'second.csv');
  await writeFile(first, `${HEADER}${one}`);
  await writeFile(second, `${HEADER}${other}`);
  await importContacts({ file: first, ...bench.api, stateDir, live });
  const { updated_at: _, ...before } = bench.sandbox.contacts()[0] ?? { updated_at: '' };
  const inOther = await importContacts({ file: second, ...bench.api, stateDir, live });
  await writeFile(first, `${HEADER}${other}`);
  const later = await importContacts({ file: first, ...bench.api, stateDir, live });
  const [after, ...more] = bench.sandbox.contacts();
  return {
    rejected: [within, both.summary, inOther.summary, later.summary].map(({ rejected }) => rejected),
    isAsItWas: Object.entries(before).every(([field, value]) => Reflect.get(after ?? {}, field) === value),
    contacts: 1 + more.length,
  };
}

describe.each([{ live: false }, { live: true }])('with --live $live', ({ live }) => {
  it.each(TWO)('%s are two, in a file and over files and runs', async (_, one, other) => {
    const { rejected, contacts } = await sendBoth(one, other, live);
    expect({ rejected, contacts }).toEqual({ rejected: [2, 2, 1, 1], contacts: 1 });
  });

  it.each(ONE)('one %s is one', async (_, one, other) => {
    const { rejected, contacts } = await sendBoth(one, other, live);
    expect({ rejected, contacts }).toEqual({ rejected: [0, 0, 0, 0], contacts: 1 });
  });
});
