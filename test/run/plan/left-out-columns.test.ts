import { describe, expect, it } from 'vitest';
import { inferMapping } from '../../../src/mapping/infer/infer.js';
import { leftOutColumns, type MappedFile } from '../../../src/run/plan/left-out-columns.js';

const HEADER = ['E-Mail', 'Anrede', 'Nr.', 'Umsatz', 'import_line', 'Leer'];

function told(settings: MappedFile['settings'], mappingFile?: string, fillRates = [1, 1, 1, 1, 1, 0]) {
  const samples = [{ line: 2, cells: ['ann@example.com', 'Frau', '17', 'viel', '4', ''] }];
  return leftOutColumns({ mapping: inferMapping({ header: HEADER, samples }), mappingFile, settings }, fillRates);
}

describe('columns that are not sent', () => {
  it('are named, but for our own and those without a value', () => {
    const { message: sentence = '', withoutData } = told({ unmapped: 'ignore', persons: 'first' }) ?? {};
    for (const name of ['Anrede', 'Nr.', 'Umsatz']) expect(sentence).toContain(name);
    for (const name of ['E-Mail', 'import_line', 'Leer']) expect(sentence).not.toContain(name);
    expect(withoutData).toBe('3 columns that have values are not sent: plan shows which, and why.');
    expect(sentence).toMatch(/^Not sent: the columns? .* \(plan shows why\)\./);
  });

  it('are not named where there are none', () => {
    expect(told({ unmapped: 'ignore', persons: 'first' }, undefined, [1, 0, 0, 0, 0, 0])).toBeUndefined();
  });
});
