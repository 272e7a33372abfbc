import { it } from 'vitest';
import { formSamples } from './form-samples.js';
import { fuzzForms, fuzzReader } from './fuzzing.js';

it('10,000 mutated files: no crash, no hang, bounded memory, and every record is good or has a problem', () =>
  fuzzReader(10_000));

it('1,100 mutated workbooks, cards, objects and pages: refused in a sentence, or read', async () =>
  fuzzForms(1100, await formSamples()));
