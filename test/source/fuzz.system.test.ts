import { it } from 'vitest';
import { formSamples } from './form-samples.js';
import { fuzzForms, fuzzReader } from './fuzzing.js';

it('5,000 mutated files: no crash, no hang, bounded memory, and every record is good or has a problem', () =>
  fuzzReader(5000));

it('600 mutated workbooks, cards, objects and pages: refused in a sentence, or read', async () =>
  fuzzForms(600, await formSamples()));
