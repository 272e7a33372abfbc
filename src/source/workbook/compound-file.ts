/** The container of old Excel workbooks ([MS-CFB]): sectors, and a table that chains them. SheetJS reads what is missing as blank. */

const FIXED_HEADER_BYTES = 512;
const FIRST_TABLE_ENTRY = 76;
const MOST_TABLE_ENTRIES = 109;
/** Larger numbers are marks, no sectors. */
const LARGEST_SECTOR = 0xfffffffa;

/** Whether sectors that the container is said to have are beyond its end: it was cut off. */
export function isCutOff(bytes: Buffer): boolean {
  if (bytes.length < FIXED_HEADER_BYTES || bytes.readUInt32BE(0) !== 0xd0cf11e0) return false;
  const shift = bytes.readUInt16LE(30);
  if (shift !== 9 && shift !== 12) return false;
  const sectorBytes = 1 << shift;
  const isThere = (sector: number): boolean => (sector + 1) * sectorBytes < bytes.length;
  let last = 0;
  for (let at = 0; at < MOST_TABLE_ENTRIES; at += 1) {
    const table = bytes.readUInt32LE(FIRST_TABLE_ENTRY + 4 * at);
    if (table > LARGEST_SECTOR) break;
    const start = (table + 1) * sectorBytes;
    if (start + sectorBytes > bytes.length) return true;
    for (let entry = 0; entry < sectorBytes / 4; entry += 1) {
      const next = bytes.readUInt32LE(start + 4 * entry);
      if (next <= LARGEST_SECTOR) last = Math.max(last, next);
    }
  }
  return !isThere(last);
}
