/** A value of a row that is too long rejects that row alone, wherever in it the value is, in words for code. */
import { expect, it } from 'vitest';
import { importContacts, type ImportEvent } from '../../src/index.js';
import { workplace } from '../support/cli.js';

const LONG = 'x'.repeat(300 * 1024);
const PART = 'y'.repeat(100 * 1024);

it.each([
  ['a text', { notes: LONG }, 'notes', 'the value is longer than 256 KiB.'],
  ['inside an object', { o: { deep: { k: LONG } } }, 'o.deep.k', 'the value is longer than 256 KiB.'],
  ['once its list is joined', { tags: [PART, PART, PART] }, 'tags', 'the value is longer than 256 KiB.'],
  ['of Clarky’s own fields', { custom_fields: { a: LONG } }, 'custom_fields.a', 'the value is longer than 256 KiB.'],
  ['a key', { o: { ['k'.repeat(2000)]: 'x' } }, 'o', 'a key is longer than 1000 characters.'],
])('%s', async (_, bad, column, message) => {
  const { sandbox, folder } = await workplace();
  for (const rows of [
    [{ email: 'a@example.com', ...bad }],
    [{ email: 'b@example.com' }, { email: 'c@x.com', ...bad }],
  ]) {
    const problems: unknown[] = [];
    const { summary } = await importContacts({
      rows,
      key: sandbox.key,
      apiUrl: sandbox.url,
      stateDir: folder,
      checkpoint: 'memory',
      rejects: false,
      onEvent: (event: ImportEvent) => {
        if (event.type === 'contact') problems.push(...(event.problems ?? []));
      },
    });
    expect(summary).toMatchObject({ rejected: 1, created: rows.length - 1 });
    const hint = 'Shorten it, or leave it out, in mapRow for example.';
    expect(problems).toEqual([{ code: 'record_too_large', column, message, hint }]);
  }
});
