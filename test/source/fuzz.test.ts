import { it } from 'vitest';
import { formSamples } from './form-samples.js';
import { fuzzForms, fuzzReader } from './fuzzing.js';

it('500 mutated files: no crash, and every record is good or has a problem', () => fuzzReader(500));

it('110 mutated workbooks, cards, objects and pages: refused in a sentence, or read', async () =>
  fuzzForms(110, await formSamples()));
