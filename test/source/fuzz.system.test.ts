import { it } from 'vitest';
import { formSamples } from './form-samples.js';
import { fuzzForms, fuzzReader } from './fuzzing.js';

it('3,000 mutated files: no crash, no hang, bounded memory, and every record is good or has a problem', () =>
  fuzzReader(3000));

it('400 mutated workbooks, cards, objects and pages: refused in a sentence, or read', async () =>
  fuzzForms(400, await formSamples()));
