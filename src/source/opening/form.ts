/** The forms that are read. `text` is delimited text; of the others each has a reader of its own. */
export type FileForm =
  | 'text'
  | 'xlsx'
  /** Excel before 2007 (BIFF), .xlsb, Apple Numbers: read whole. */
  | 'whole-workbook'
  | 'ods'
  | 'flat-ods'
  | 'excel-xml'
  | 'html'
  | 'vcard'
  | 'json';
