import { expect, it } from 'vitest';
import { LeftOutValues } from '../../src/plan/left-out-values.js';
import { SHARED_PHONE_OMITTED } from '../../src/plan/left-out.js';

const field = (header: string, name: 'phone_numbers' | 'emails') => ({
  header,
  target: { kind: 'field', field: name } as const,
});
const shared = { line: 2, problem: SHARED_PHONE_OMITTED, isOmission: true };
const invalid = { line: 3, problem: { code: 'invalid_phone', message: '', column: 'Tel' }, isOmission: true };

it('a column has one name, whatever was left out of it', () => {
  const one = new LeftOutValues().of({ columns: [field('Mail', 'emails'), field('Tel', 'phone_numbers')] });
  one.add([shared]);
  one.add([invalid]);
  expect(one.list()?.map(({ column }) => column)).toEqual(['Tel', 'Tel']);
  // Of several it is any.
  const several = new LeftOutValues().of({ columns: [field('Tel', 'phone_numbers'), field('Cell', 'phone_numbers')] });
  several.add([shared]);
  expect(several.list()?.map(({ column }) => column)).toEqual(['Phone']);
});
