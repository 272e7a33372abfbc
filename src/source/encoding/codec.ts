/** iconv-lite's decoders, with the one character corrected that files of contacts do hold. */
import iconv from 'iconv-lite';

/** A decoder that takes bytes in pieces; U+FFFD stands for what means nothing in the encoding. */
export interface TextDecoding {
  write(bytes: Buffer): string;
  end(): string;
}

/** Starts decoding in an encoding that iconv-lite knows. */
export function decoderFor(codec: string): TextDecoding {
  const decoder = iconv.getDecoder(codec);
  if (codec !== 'macintosh') return { write: (bytes) => decoder.write(bytes), end: () => decoder.end() ?? '' };
  // Byte 0xDB of Mac Roman is the euro sign since Mac OS 8.5 (Unicode's APPLE/ROMAN.TXT); iconv-lite has the older ¤.
  const withEuro = (text: string): string => text.replaceAll('¤', '€');
  return { write: (bytes) => withEuro(decoder.write(bytes)), end: () => decoder.end() ?? '' };
}

/** Decodes bytes that are there as a whole. */
export function decodeWhole(bytes: Buffer, codec: string): string {
  const decoder = decoderFor(codec);
  return decoder.write(bytes) + decoder.end();
}
