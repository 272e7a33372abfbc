/** Text in UTF-8 that somebody read as Windows-1252 (or as its Cyrillic or Greek sister) and saved: `PÃ¢mela` for `Pâmela`. */

/** Characters of the bytes 0x80 to 0x9F in Windows-1252; the five that it leaves open stand for themselves. */
const HIGH_CONTROLS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
/** The first byte of a character in UTF-8, and one that goes on, as Windows-1252 shows them. */
const SUSPICIOUS =
  /[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]/;
/** Some files went through it more than once. */
const MAX_TIMES = 3;
const FIRST_HIGH = 0x80;

function bytesOf(text: string): Buffer | undefined {
  const bytes = Buffer.alloc(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const high = code > 0xff ? HIGH_CONTROLS.indexOf(text.charAt(at)) : -1;
    if (code > 0xff && high < 0) return undefined;
    bytes[at] = high < 0 ? code : FIRST_HIGH + high;
  }
  return bytes;
}

/** Two characters of UTF-8 as Windows-1251 and Windows-1253 show them: a lead byte, and one that is no letter of the alphabet. */
const SISTERS = [
  {
    encoding: 'windows-1251',
    isSuspicious: /(?:[РС][\u0080-\u00bfЂ-ЏЁЄІЇЎҐђѓєіїљ-џўґё‚„…†‡€‰‹‘’“”•–—™›№].*?){2}/su,
  },
  {
    encoding: 'windows-1253',
    isSuspicious: /(?:[ΞΟ][\u0080-\u00bfΈ-Ώƒ΄΅‚„…†‡€‰‹‘’“”•–—―™›].*?){2}/su,
  },
] as const;

const bytesBySister = new Map<string, ReadonlyMap<string, number>>();

/** The byte of each character of an encoding. */
function bytesIn(encoding: string): ReadonlyMap<string, number> {
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const known =
    bytesBySister.get(encoding) ?? new Map(Array.from(new TextDecoder(encoding).decode(all), (one, at) => [one, at]));
  bytesBySister.set(encoding, known);
  return known;
}

/** What a text was that a sister of Windows-1252 garbled: text of its alphabet is never UTF-8 by chance. */
function ungarbledBySister(text: string): string | undefined {
  const sister = SISTERS.find(({ isSuspicious }) => isSuspicious.test(text));
  if (sister === undefined) return undefined;
  const byCharacter = bytesIn(sister.encoding);
  const bytes = Array.from(text, (one) => byCharacter.get(one));
  if (!bytes.every((byte) => byte !== undefined)) return undefined;
  try {
    return strict.decode(Uint8Array.from(bytes));
  } catch {
    return undefined;
  }
}

const MAY_BE_OF_SISTER = /[РСΞΟ]/;

const strict = new TextDecoder('utf-8', { fatal: true });

/** Whether a text may be garbled: what it was before tells. */
export function looksGarbled(text: string): boolean {
  return SUSPICIOUS.test(text) || MAY_BE_OF_SISTER.test(text);
}

/** What a text becomes where it is garbled; of ASCII nothing else. */
export function garbled(text: string): string {
  const characters = Array.from(new TextEncoder().encode(text), (byte) =>
    byte >= FIRST_HIGH && byte < FIRST_HIGH + HIGH_CONTROLS.length
      ? (HIGH_CONTROLS[byte - FIRST_HIGH] ?? '')
      : String.fromCharCode(byte),
  );
  return characters.join('');
}

/** What a garbled text was before; undefined for one that is not garbled. */
export function ungarbled(text: string): string | undefined {
  let read = text;
  for (let time = 0; time < MAX_TIMES && SUSPICIOUS.test(read); time += 1) {
    const bytes = bytesOf(read);
    if (bytes === undefined) break;
    try {
      read = strict.decode(bytes);
    } catch {
      break;
    }
  }
  if (read !== text) return read;
  return MAY_BE_OF_SISTER.test(text) ? ungarbledBySister(text) : undefined;
}
