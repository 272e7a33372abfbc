/** The reader for each form of file that is no delimited text; loaded when needed. */
import type { Source } from './opening/source.js';
import type { RowFile } from './row-file.js';

/**
 * Opens a source that is no delimited text; undefined for one that is. Readers are loaded when needed.
 * @param encoding the name that the user said, for forms that are text
 * @throws ImporterError `file_unreadable`, `bad_encoding`
 */
export async function openRowFile(source: Source, encoding: string | undefined): Promise<RowFile | undefined> {
  switch (source.form) {
    case 'text':
      return undefined;
    case 'xlsx':
      return (await import('./workbook/workbook.js')).openWorkbook(source);
    case 'ods':
    case 'flat-ods':
      return (await import('./workbook/opendocument.js')).openOpenDocument(source);
    case 'excel-xml':
      return (await import('./workbook/excel-xml.js')).openExcelXml(source, encoding);
    case 'whole-workbook':
      return (await import('./workbook/whole-workbook.js')).openWholeWorkbook(source);
    case 'html':
      return (await import('./html/html-tables.js')).openHtmlTables(source, encoding);
    case 'vcard':
      return (await import('./cards/card-file.js')).openCards(source, encoding);
    case 'json':
      return (await import('./objects/object-file.js')).openObjects(source, encoding);
  }
}
