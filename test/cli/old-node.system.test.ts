import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { BINARY } from '../support/built.js';

/** Runs `--version` by a Node that says it is another one. */
async function runBy(version: string) {
  const preload = `Object.defineProperty(process.versions, 'node', { value: '${version}' });`;
  const args = ['--import', `data:text/javascript,${encodeURIComponent(preload)}`, BINARY, '--version'];
  return promisify(execFile)(process.execPath, args).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
  );
}

describe('a Node that is too old', () => {
  it.each(['18.20.8', '20.18.0', '20.9.0', '8.17.0'])('%s says so in one line', async (version) => {
    const { code, stdout, stderr } = await runBy(version);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      new RegExp(`^clarky-contacts needs Node\\.js 20\\.18\\.1 or newer, and this is ${version}[^\n]*\n$`),
    );
  });

  it.each(['20.18.1', '22.0.0', '24.11.0'])('%s is not', async (version) => {
    expect(await runBy(version)).toMatchObject({ code: 0, stderr: '' });
  });

  it('Node 12 can read what says so: nothing in it is newer', () => {
    expect(readFileSync(BINARY, 'utf8')).not.toMatch(/\bawait\b|\?\?|\?\.|\|\|=/);
  });
});
