/** One apostrophe in all our words, so that what is read on a terminal, on the page and in a report can be searched for. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const SRC = new URL('../../src', import.meta.url).pathname;
/** What people write in their files is in as many forms as they write it in. */
const OF_OTHERS = /^(?:contact|mapping\/vocabulary|mapping\/country-evidence)/;

it('is straight', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(?:ts|tsx)$/.test(name));
  expect(files.length).toBeGreaterThan(300);
  const curly = files.filter(
    (name) => !OF_OTHERS.test(name) && /\p{L}’\p{L}/u.test(readFileSync(join(SRC, name), 'utf8')),
  );
  expect(curly).toEqual([]);
});
