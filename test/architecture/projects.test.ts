import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/built.js';
import { LONGEST } from '../support/longest.js';
import { importedBy } from './imports.js';

const TEST = join(ROOT, 'test');
const SANDBOX = join(ROOT, 'src/sandbox/index.js');
const LIBRARY = join(ROOT, 'src/index.js');

/** Modules by which a test gets at a process or a socket. */
const OUTSIDE = /^(node:(child_process|http|https|net|tls|dgram|worker_threads|cluster)|undici|ioredis)$/;

/** Why a test needs more than its own process: the module and the file that brings it, through the files of test/. */
function outsideOf(file: string, seen = new Set<string>()): string | undefined {
  if (seen.has(file) || !existsSync(file)) return undefined;
  seen.add(file);
  for (const name of importedBy(readFileSync(file, 'utf8'), { types: false })) {
    const path = name.startsWith('.') ? resolve(dirname(file), name) : name;
    if (OUTSIDE.test(path) || path === SANDBOX || path === LIBRARY) return `${file}: ${name}`;
    if (!path.startsWith(TEST)) continue;
    const reason = outsideOf(path.replace(/\.js$/, '.ts'), seen);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

const tests = readdirSync(TEST, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => ({ name, reason: outsideOf(join(TEST, name)), isSystem: name.endsWith('.system.test.ts') }));

describe('a test that starts a process, listens or connects', () => {
  it('is called *.system.test.ts', () => {
    expect(tests.filter(({ reason, isSystem }) => reason !== undefined && !isSystem)).toEqual([]);
  });
});

it('the tests that are said to take longest are there', () => {
  const names = new Set(tests.map(({ name }) => name.replaceAll('\\', '/')));
  expect(LONGEST.filter((name) => !names.has(`${name}.test.ts`))).toEqual([]);
});
