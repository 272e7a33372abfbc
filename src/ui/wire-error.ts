import { sep } from 'node:path';
import { ImporterError } from '../errors.js';
import { nextOnPage } from '../wording/on-page.js';
import type { WireError } from './wire.js';

/**
 * An error as the page tells it; what is no error of ours is a bug, and its text may hold anything.
 * @param folder whose files the page knows by their names
 */
export function wireError(error: unknown, folder: string): WireError {
  if (!(error instanceof ImporterError)) {
    return { code: 'internal', message: 'An internal error: please report it.', next: null };
  }
  const named = (text: string): string => text.replaceAll(`${folder}${sep}`, '');
  const next = nextOnPage(error.code, error.next);
  return { code: error.code, message: named(error.message), next: next === null ? null : named(next) };
}
