/** The text of a small file that people write and edit, by whichever editor: some put a mark before it, some write two bytes a character. Pure. */

/** @param bytes UTF-8, or UTF-16 with its mark */
export function editedText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const isLittle = first === 0xff && second === 0xfe;
  const isBig = first === 0xfe && second === 0xff;
  // The mark is taken off.
  return new TextDecoder(isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8').decode(bytes);
}
