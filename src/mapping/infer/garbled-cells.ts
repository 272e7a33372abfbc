/** Tells whether the text of a file was garbled by an earlier program, over all the cells that were looked at. Pure. */

import { repairGarbled } from '../../contact/cell/garbled.js';
import type { SourceRecord } from '../../source/record.js';

export interface Garbling {
  /** Every letter outside ASCII is a part of garbled text: there is no other reading. */
  readonly isCertain: boolean;
  /** A cell as it stands, and as it is meant. */
  readonly example: readonly [before: string, after: string];
}

const NOT_ASCII = /[^\u0000-\u007f]/;
const LONGEST_SHOWN = 40;

/** The garbling of a file's header and sampled cells; undefined where none is. */
export function garblingOf(header: readonly string[], samples: readonly SourceRecord[]): Garbling | undefined {
  let example: readonly [string, string] | undefined;
  let others = 0;
  for (const cells of [header, ...samples.map((record) => record.cells)]) {
    for (const cell of cells) {
      if (!NOT_ASCII.test(cell)) continue;
      const repaired = repairGarbled(cell);
      if (repaired === undefined) others += 1;
      else if (example === undefined || example[0].length > LONGEST_SHOWN) example = [cell, repaired];
    }
  }
  return example === undefined ? undefined : { isCertain: others === 0, example };
}

/** What a person should know of it. */
export function garblingInWords({ isCertain, example: [before, after] }: Garbling): string {
  const readings = `"${before.trim().slice(0, LONGEST_SHOWN)}" is "${after.trim().slice(0, LONGEST_SHOWN)}"`;
  return isCertain
    ? `An earlier program garbled the text of this file (${readings}): it is repaired.`
    : `An earlier program garbled some of the text (${readings}): --repair-text repairs it, else it is sent as it stands.`;
}
