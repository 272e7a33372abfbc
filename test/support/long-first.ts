/** In which order the files of tests begin. */
import { join, relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { LONGEST } from './longest.js';

const TEST = join(import.meta.dirname, '..');

const PLACES = new Map<string, number>(LONGEST.map((name, place) => [`${name}.test.ts`, place]));

function placeOf({ moduleId }: TestSpecification): number {
  const name = relative(TEST, moduleId).replaceAll('\\', '/');
  return PLACES.get(name) ?? LONGEST.length;
}

export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => placeOf(a) - placeOf(b));
  }
}
