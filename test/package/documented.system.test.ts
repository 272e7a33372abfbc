import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/built.js';

const run = promisify(execFile);

describe('the library', () => {
  it('has a documentation without a warning, whatever a public type refers to included', async () => {
    const { stdout, stderr } = await run('node', ['node_modules/typedoc/bin/typedoc', '--emit', 'none'], { cwd: ROOT });
    expect(`${stdout}${stderr}`).not.toMatch(/warning|error/i);
  });

  it('is required from CommonJS as well', async () => {
    const program =
      "const { planContacts, ImporterError } = require('./dist/index.js'); console.log(typeof planContacts, typeof ImporterError)";
    const { stdout } = await run('node', ['-e', program], { cwd: ROOT });
    expect(stdout.trim()).toBe('function function');
  });
});
