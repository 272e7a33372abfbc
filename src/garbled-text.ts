/** Text in UTF-8 that somebody read as Windows-1252 and saved: `PÃ¢mela` for `Pâmela`. */

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

const strict = new TextDecoder('utf-8', { fatal: true });

/** Whether a text may be garbled: what it was before tells. */
export function looksGarbled(text: string): boolean {
  return SUSPICIOUS.test(text);
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
  return read === text ? undefined : read;
}
