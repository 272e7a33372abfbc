import { expect, it } from 'vitest';
import { verifyContacts } from '../../src/run/verify/verify.js';
import { workbench } from './workbench.js';

it.each([
  ['of the file’s own phones', '+447911123411', {}],
  ['that is named', '07911 123411', { country: 'GB' }],
])(
  'verify finds phones that stand in Clarky without their country by the one %s, as an import does',
  async (_, phone, settings) => {
    const bench = await workbench(`First name,Last name,Email,Phone\nAnn,Lee,,${phone}\nBob,Ray,bob@x.com,\n`);
    bench.sandbox.seed([{ first_name: 'Ann', last_name: 'Lee', phone_numbers: ['07911 123411'] }]);
    bench.sandbox.seed([{ first_name: 'Bob', last_name: 'Ray', emails: ['bob@x.com'] }]);
    const verified = await verifyContacts({ file: bench.file, ...bench.api, ...settings });
    expect(verified).toMatchObject({ readBy: 'list', same: 2, missing: 0 });
  },
);
