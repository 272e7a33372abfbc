/** Tells from a file's set of headers which program wrote it, and what a name means there. Pure. */

import { headerKey } from '../header.js';
import { senseOfWord, type Sense } from './sense.js';
import { keysOf, once } from '../vocabulary/words.js';
import { sourceSystems, type SourceSystem } from '../vocabulary/source-systems.js';

const compiled = once(() =>
  sourceSystems().map((system) => {
    const exact = system.signature.filter((name) => name.startsWith('=')).map((name) => name.slice(1));
    return { system, keys: keysOf(system.signature.filter((name) => !name.startsWith('=')).join(';')), exact };
  }),
);

/** The program that wrote a file with this header, if its columns tell; else undefined. */
export function recogniseSystem(header: readonly string[]): SourceSystem | undefined {
  const keys = new Set(header.map(headerKey));
  const spelt = new Set(header.map((name) => name.trim()));
  return compiled().find(
    (system) => system.keys.every((key) => keys.has(key)) && system.exact.every((name) => spelt.has(name)),
  )?.system;
}

/** What `header`, the `occurrence`th (0-based) of its name, means in this system; undefined where it means the usual. */
export function senseInSystem(system: SourceSystem, header: string, occurrence: number): Sense | undefined {
  const key = headerKey(header);
  for (const { name, word } of system.rules) {
    const [wanted = '', nth] = name.split('#');
    const fits = wanted.startsWith('=') ? wanted.slice(1) === header.trim() : headerKey(wanted) === key;
    if (fits && (nth === undefined || Number(nth) === occurrence + 1)) return senseOfWord(word);
  }
  return undefined;
}
