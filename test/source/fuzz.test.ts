import { it } from 'vitest';
import { formSamples } from './form-samples.js';
import { FEW_FILES, FEW_FORMS, fuzzForms, fuzzReader } from './fuzzing.js';

it('500 mutated files: no crash, and every record is good or has a problem', () => fuzzReader(FEW_FILES));

it('110 mutated workbooks, cards, objects and pages: refused in a sentence, or read', async () =>
  fuzzForms(FEW_FORMS, await formSamples()));
