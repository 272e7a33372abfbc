import type { FileColumn, MappingFile } from './mapping-file.js';

/**
 * Reads a mapping file, JSON or YAML. Loads its parser when it is called.
 * @param displayName the file's name for messages
 * @throws ImporterError `bad_mapping` naming the line and what was expected there
 */
export async function parseMappingFile(text: string, displayName: string): Promise<MappingFile> {
  const { readMappingFile } = await import('./mapping-file-reader.js');
  return readMappingFile(text, displayName);
}

/** The same of what code says of columns. @throws ImporterError `usage` */
export async function parseColumnsInCode(columns: object): Promise<FileColumn[]> {
  const { readColumnsInCode } = await import('./mapping-file-reader.js');
  return readColumnsInCode(columns);
}
