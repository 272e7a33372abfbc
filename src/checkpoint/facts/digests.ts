/** How a digest stands in a line. Pure. */

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
