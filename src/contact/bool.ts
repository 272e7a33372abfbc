import { cleanText } from './text.js';

const TRUE = new Set(
  'true t yes y 1 x on checked ✓ ✔ ☑ ✅ ja j wahr oui o vrai sí si verdadero sim verdadeiro sì vero waar selected enabled'.split(
    ' ',
  ),
);
const FALSE = new Set(
  'false f no n 0 off unchecked ✗ ✘ ☐ ❌ nein falsch non faux falso não nao nee onwaar unselected disabled'.split(' '),
);

/**
 * A yes or no in English, German, French, Spanish, Portuguese, Italian or Dutch, as 1 or 0, or as a tick; undefined where
 * the cell is blank or says something else.
 */
export function readBoolean(cell: string): boolean | undefined {
  const word = cleanText(cell).toLowerCase();
  if (TRUE.has(word)) return true;
  return FALSE.has(word) ? false : undefined;
}
