/** Reads a checkpoint's lines with constant memory, whatever its size. */
import type { FileHandle } from 'node:fs/promises';

const CHUNK_BYTES = 1 << 20;
const NEWLINE = 10;

/** A whole line of the file; a torn last line is never given out. */
export interface Line {
  readonly text: string;
  /** 1-based. */
  readonly number: number;
  /** Offset just behind the line's newline, in bytes. */
  readonly endByte: number;
}

/** Calls `visit` for each whole line, in order. Lines are ASCII, so bytes and characters are the same. */
export async function forEachLine(file: FileHandle, visit: (line: Line) => void): Promise<{ tail: string }> {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let carry = '';
  let number = 0;
  let position = 0;
  for (;;) {
    const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, position);
    if (bytesRead === 0) return { tail: carry };
    let from = 0;
    for (;;) {
      const at = chunk.subarray(0, bytesRead).indexOf(NEWLINE, from);
      if (at < 0) break;
      const text = carry + chunk.toString('latin1', from, at);
      carry = '';
      number++;
      visit({ text, number, endByte: position + at + 1 });
      from = at + 1;
    }
    carry += chunk.toString('latin1', from, bytesRead);
    position += bytesRead;
  }
}
