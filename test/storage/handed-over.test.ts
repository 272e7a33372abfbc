import { describe, expect, it } from 'vitest';
import { notWritable } from '../../src/storage/failures.js';

const missing = (path: string): Error => Object.assign(new Error('ENOENT'), { code: 'ENOENT', path });

describe('a path that can not be written', () => {
  it('leads to a pipe with a name where a shell handed the list over, and else to the folder', () => {
    const of = (path: string): unknown => notWritable(path, missing(path)).next;
    expect(of('/dev/fd/63.checkpoint.jsonl')).toContain('import - --name NAME');
    expect(of('/lists/a.checkpoint.jsonl')).toContain('Make the folder');
  });
});
