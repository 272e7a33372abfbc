import { it } from 'vitest';
import { fuzzReader } from './fuzzing.js';

it('10,000 mutated files: no crash, no hang, bounded memory, and every record is good or has a problem', () =>
  fuzzReader(10_000));
