/** The postal codes of a file that may lack zeros, as corrections that put them back: made only where somebody says so. */
import { POSTAL_CODE_SHORT, withZeros } from '../../contact/postal-code.js';
import { compileFirstReading } from '../../mapping/compile/compile.js';
import { becomes } from '../../mapping/mapping.js';
import { columnNames, type Correction } from '../reading/corrections/corrections.js';
import { OpenedFile } from '../reading/reading.js';
import type { ReadingOptions } from '../settings.js';

/** @throws ImporterError as the file can't be read */
export async function zerosPutBack(options: ReadingOptions): Promise<(Correction & { readonly value: string })[]> {
  const file = await OpenedFile.open(options);
  try {
    const { columns } = file.mapping;
    const names = columnNames(file.dialect.header);
    const codes = columns.filter(becomes('postal_code')).map(({ index }) => index);
    const mapRecord = compileFirstReading(file.mapping, { ...file.settings, stageIds: undefined });
    const found: (Correction & { readonly value: string })[] = [];
    await file.forEachRecord((record) => {
      if (!mapRecord(record).notes.some(({ code }) => code === POSTAL_CODE_SHORT)) return;
      for (const at of codes) {
        const was = record.cells[at] ?? '';
        const value = withZeros(was);
        if (value !== undefined) found.push({ line: record.line, column: names[at] ?? '', was, value });
      }
    }, options.signal);
    return found;
  } finally {
    await file.close();
  }
}
