/** What a column may be called to become, in a mapping file and wherever somebody chooses it. */
import { nearestNames } from '../../edit-distance.js';
import { FIELD_NAMES } from '../mapping.js';

const WORDS = [...FIELD_NAMES, 'ignore', 'unmapped', 'undecided'];

export function isTargetWord(word: string): boolean {
  return WORDS.includes(word) || /^custom:\s*\S/.test(word);
}

/** Why a word is no target, without a full stop. */
export function unknownTarget(word: unknown): string {
  if (typeof word !== 'string') return 'expected the name of a field, in quotes';
  const near = nearestNames(word, WORDS);
  const hint = near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'expected a field, custom:KEY or ignore';
  return `${JSON.stringify(word)} is no field: ${hint}`;
}
