/** How a digest stands in a line, and that of a contact id. Pure. */

/** A digest of 16 bytes in base64url without padding. */
export const DIGEST_CHARACTERS = 22;

/** One digest. */
export function isDigest(value: unknown): value is string {
  return typeof value === 'string' && value.length === DIGEST_CHARACTERS;
}

/** Digests, one behind the other. */
export function areDigests(value: unknown): value is string {
  return typeof value === 'string' && value.length % DIGEST_CHARACTERS === 0;
}

const scratch = new Uint8Array(8);
const scratchWords = new DataView(scratch.buffer);

/** A contact id in 8 bytes. Two rounds of multiplication spread it; it is looked up for every contact, and guards no secret. */
export function idDigest(id: string): Uint8Array {
  let one = 0xdeadbeef;
  let other = 0x41c6ce57;
  for (let at = 0; at < id.length; at++) {
    const unit = id.charCodeAt(at);
    one = Math.imul(one ^ unit, 2654435761);
    other = Math.imul(other ^ unit, 1597334677);
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909);
  other = Math.imul(other ^ (other >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
  scratchWords.setInt32(0, one);
  scratchWords.setInt32(4, other);
  return scratch;
}
