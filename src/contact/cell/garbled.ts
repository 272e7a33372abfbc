/** Text that was UTF-8, was read as windows-1252 by an earlier program and written out again: `PÃ¢mela`, `BrasÃ­lia`. */

/** What windows-1252 shows for the bytes 0x80 to 0x9f; the others of that range stand for themselves. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const FIRST_BYTE = 0x80;
const BYTES: ReadonlyMap<string, number> = new Map(
  [...WINDOWS_1252].map((character, at) => [character, FIRST_BYTE + at]),
);

/** A lead byte of UTF-8 and a byte that may follow it, as windows-1252 shows them. */
const SUSPICIOUS = /[\u00c2-\u00f4][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/;
const HIGHEST_BYTE = 0xff;

/** The text as it was before it was garbled; undefined where it was not. */
export function repairGarbled(text: string): string | undefined {
  if (!SUSPICIOUS.test(text)) return undefined;
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const byte = BYTES.get(text.charAt(at)) ?? text.charCodeAt(at);
    if (byte > HIGHEST_BYTE) return undefined;
    bytes[at] = byte;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
