/** HTML that programs leave in cells: entities, links. */

import { decodeEntities as decodedOnce } from '../../entities.js';

const MAY_HOLD = /&[#a-z\d]{2,9};/i;

/** Entities as the characters that they stand for, also where they were written twice (`&amp;amp;`). */
export function decodeEntities(text: string): string {
  if (!text.includes('&') || !MAY_HOLD.test(text)) return text;
  const once = decodedOnce(text);
  return MAY_HOLD.test(once) ? decodedOnce(once) : once;
}

const LINK = /<a\s[^<>]*>/gi;
const TARGET = /href\s*=\s*["']?(?:mailto|tel|callto|sms):([^"'?>\s]*)/i;
const TAG = /<\/?(?:a|b|i|p|u|br|div|span|strong|em|font|td|tr|li|ul)(?:\s[^<>]*)?\/?>/gi;

/** A cell's text without tags; of a link to an address or a number the target goes before what is shown. */
export function withoutTags(text: string): string {
  if (!text.includes('<')) return text;
  const targets = [...text.matchAll(LINK)].flatMap(([link]) => TARGET.exec(link)?.[1] ?? []);
  if (targets.length > 0) return targets.join('; ');
  return text.replace(TAG, ' ').trim();
}
