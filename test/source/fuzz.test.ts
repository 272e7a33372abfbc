import { it } from 'vitest';
import { fuzzReader } from './fuzzing.js';

it('500 mutated files: no crash, and every record is good or has a problem', () => fuzzReader(500));
