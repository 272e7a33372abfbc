import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

/** The built command, as a user runs it: the project `system` builds it first. */
export const BINARY = join(ROOT, 'dist/cli/main.js');
