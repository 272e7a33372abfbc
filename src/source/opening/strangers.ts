/** Files that hold no table, or none that can be read: what they are, and how a table is got from them. Data. */
import type { FileForm } from './form.js';
import { areAligned, arePairs } from './lines-of-text.js';

/** A file that is not read, in words: "it is WHAT"; `how` a table is got from it. */
export interface Stranger {
  readonly what: string;
  readonly how: string;
}

const AS_CSV = 'Export the contacts as CSV or .xlsx where they come from.';
const FROM_PICTURE = 'A picture holds no cells: get the list as a spreadsheet from whoever made it.';
const FROM_MAIL = 'If the list is attached to the mail, save the attachment and import that.';
const UNPACK = 'Unpack it and import the table that is inside.';
const FROM_DATABASE = 'Export its table of contacts as CSV.';

interface Magic extends Stranger {
  readonly bytes: string;
  /** Where they stand; 0 by default. */
  readonly at?: number;
}

/** First bytes (Latin-1) of what people take for a spreadsheet. */
const MAGICS: readonly Magic[] = [
  {
    bytes: '%PDF-',
    what: 'a PDF document',
    how: 'Copy its table into a spreadsheet, or export the list as CSV where it comes from.',
  },
  {
    bytes: '!BDN',
    what: 'an Outlook data file (.pst)',
    how: 'In Outlook: File, Open & Export, Import/Export, Export to a file, Comma Separated Values.',
  },
  { bytes: '{\\rtf', what: 'a text document (RTF)', how: 'Copy its table into a spreadsheet and save that as CSV.' },
  { bytes: '\u0089PNG', what: 'a picture (PNG)', how: FROM_PICTURE },
  { bytes: '\u00ff\u00d8\u00ff', what: 'a picture (JPEG)', how: FROM_PICTURE },
  { bytes: 'GIF8', what: 'a picture (GIF)', how: FROM_PICTURE },
  { bytes: 'II*\0', what: 'a picture (TIFF)', how: FROM_PICTURE },
  { bytes: 'MM\0*', what: 'a picture (TIFF)', how: FROM_PICTURE },
  { bytes: 'WEBP', at: 8, what: 'a picture (WebP)', how: FROM_PICTURE },
  { bytes: 'ftyphei', at: 4, what: 'a picture (HEIC)', how: FROM_PICTURE },
  { bytes: 'ftyp', at: 4, what: 'a video or sound recording', how: AS_CSV },
  { bytes: '<svg', what: 'a picture (SVG)', how: FROM_PICTURE },
  { bytes: 'ID3\u0003', what: 'a sound recording', how: AS_CSV },
  { bytes: 'ID3\u0004', what: 'a sound recording', how: AS_CSV },
  { bytes: 'SQLite format 3\0', what: 'an SQLite database', how: FROM_DATABASE },
  { bytes: 'Standard Jet DB', at: 4, what: 'an Access database', how: FROM_DATABASE },
  { bytes: 'Standard ACE DB', at: 4, what: 'an Access database', how: FROM_DATABASE },
  { bytes: 'PAR1\u0015', what: 'a Parquet file', how: 'Write its rows as CSV or JSON Lines.' },
  { bytes: 'Obj\u0001', what: 'an Avro file', how: 'Write its rows as CSV or JSON Lines.' },
  { bytes: 'ARROW1\0\0', what: 'an Arrow or Feather file', how: 'Write its rows as CSV or JSON Lines.' },
  { bytes: 'ORC\u0008', what: 'an ORC file', how: 'Write its rows as CSV or JSON Lines.' },
  { bytes: 'Rar!', what: 'a RAR archive', how: UNPACK },
  { bytes: '7z\u00bc\u00af', what: 'a 7-Zip archive', how: UNPACK },
  { bytes: '1AY&SY', at: 4, what: 'a bzip2 archive', how: UNPACK },
  { bytes: '\u00fd7zXZ', what: 'an xz archive', how: UNPACK },
  { bytes: '(\u00b5/\u00fd', what: 'a Zstandard archive', how: UNPACK },
  { bytes: 'ustar\0', at: 257, what: 'a tar archive', how: UNPACK },
  { bytes: 'ustar ', at: 257, what: 'a tar archive', how: UNPACK },
  { bytes: '\u007fELF', what: 'a program', how: AS_CSV },
  { bytes: 'MZ\u0090\0', what: 'a program', how: AS_CSV },
  { bytes: 'bplist00', what: 'a property list of macOS', how: AS_CSV },
];

/** Known by their first bytes. */
export function strangerByBytes(head: Buffer): Stranger | undefined {
  return MAGICS.find(({ bytes, at = 0 }) => head.subarray(at, at + bytes.length).equals(Buffer.from(bytes, 'latin1')));
}

const MAIL_HEADER =
  /^(?:Received|Return-Path|Delivered-To|MIME-Version|From|Date|Message-ID|Subject|Content-Type|DKIM-Signature|To|X-[\w-]+|ARC-[\w-]+):[ \t]/i;

function isMail(text: string): boolean {
  const lines = text.split(/\r?\n/, 40);
  const first = lines[0] ?? '';
  if (/^From \S+ .*\d{4}$/.test(first)) return lines.slice(1).some((line) => MAIL_HEADER.test(line));
  return MAIL_HEADER.test(first) && lines.filter((line) => MAIL_HEADER.test(line)).length >= 3;
}

const SQL_START =
  /^(?:--|\/\*|CREATE\s|INSERT\s+INTO\s|DROP\s+TABLE|SET\s+[\w@]|BEGIN|START\s+TRANSACTION|PRAGMA\s|USE\s|SELECT\s)/i;
const SQL_STATEMENT =
  /\b(?:CREATE\s+TABLE|INSERT\s+INTO|COPY\s+[\w.]+\s*\(|DROP\s+TABLE|SELECT\s+[^;]{1,500}\bFROM)\b/i;

/** An answer in JSON that is nothing but an error. */
const ERROR_ANSWER = /^\{\s*"(?:error|errors|error_description|message|detail|exception|fault)"\s*:/i;

type TextRule = Stranger & { readonly test: (start: string, form: FileForm | undefined) => boolean };

const TEXT_RULES: readonly TextRule[] = [
  {
    test: (start) => start.length < 2000 && /^\{[^[\]{}]*"doc_id"[^[\]{}]*\}\s*$/.test(start),
    what: 'a shortcut to a Google document, without its content',
    how: 'Open the sheet in the browser and choose File, Download, Comma-separated values; or give its shared address in place of the file.',
  },
  {
    test: (start) => start.startsWith('version https://git-lfs.github.com/'),
    what: 'a pointer of Git LFS, without the content of the file',
    how: 'Fetch the file itself with git lfs pull.',
  },
  {
    test: (start) => start.length < 2000 && ERROR_ANSWER.test(start) && !/@|\d{7}/.test(start),
    what: "a server's error message, not the list",
    how: 'Look into it for the reason, then download the list again.',
  },
  {
    test: (start, form) => form === 'html' && !/<t[dr][\s>]/i.test(start) && /type\s*=\s*["']?password/i.test(start),
    what: 'a page for signing in, not the list',
    how: 'Sign in with a browser, download the list there and import that file.',
  },
  {
    test: (start) => /^\[InternetShortcut\]/i.test(start),
    what: 'a link to a web page',
    how: 'Open it and download the list as CSV.',
  },
  {
    test: (start) => /^BEGIN:VCALENDAR/i.test(start),
    what: 'a calendar (iCalendar)',
    how: 'A calendar holds no contacts: export the contacts as CSV or vCard.',
  },
  {
    test: (start) => /^(?:version:\s*1\s+)?dn:\s*\S+=/i.test(start),
    what: 'a directory export (LDIF)',
    how: 'Export the address book as CSV or vCard instead.',
  },
  {
    test: (start) =>
      /^(?:MIME-Version|From):/i.test(start) &&
      /multipart\/related/i.test(start) &&
      (/excel|<x:|\.htm/i.test(start) || !/^(?:From|To|Subject|Date):/im.test(start)),
    what: 'a web archive (MHTML)',
    how: 'Open it in a spreadsheet and save it as .xlsx.',
  },
  {
    test: (start) => /^ID;P[^\n]*\r?\n(?:[A-Z];|E\r?$)/m.test(start),
    what: 'a table in an old form of spreadsheets (SYLK)',
    how: 'Open it in a spreadsheet and save it as .xlsx.',
  },
  { test: (start) => isMail(start), what: 'an e-mail message', how: FROM_MAIL },
  {
    test: (start) => SQL_START.test(start) && SQL_STATEMENT.test(start),
    what: 'an SQL script',
    how: 'Load it into its database and export the table of contacts as CSV.',
  },
  { test: (start) => start.startsWith('%!PS'), what: 'a PostScript document', how: AS_CSV },
  {
    test: (start, form) => form === 'html' && /accounts\.google\.com|ServiceLogin/.test(start),
    what: "Google's page for signing in, not the sheet",
    how: 'Share the sheet with everyone who has the link, or download it as CSV.',
  },
  { test: (start) => /^<\?xml[^>]*\?>\s*<!DOCTYPE plist/i.test(start), what: 'a property list of macOS', how: AS_CSV },
  {
    test: (start, form) => start.startsWith('<?xml') && form === undefined,
    what: 'an XML file of a kind that is not known',
    how: AS_CSV,
  },
  {
    test: (start, form) => form === undefined && arePairs(start),
    what: 'a text of lines like "name: value" (YAML, or notes)',
    how: 'Put it into a table: the names once at the top, a line for each contact, commas between; or export CSV or vCard.',
  },
  {
    test: (start, form) => form === undefined && areAligned(start),
    what: 'a text whose columns are aligned with blanks',
    how: 'Open it in a spreadsheet as text of fixed width and save it as CSV, or export it as CSV.',
  },
];

/** Known by their words. `form` is what the text is otherwise taken for. */
export function strangerByText(text: string, form: FileForm | undefined): Stranger | undefined {
  const start = text.trimStart();
  return TEXT_RULES.find(({ test }) => test(start, form));
}

/** Old Office files by a stream's name, in the order in which they are looked for. */
export const OLE_STREAMS: readonly (Stranger & { readonly stream: string })[] = [
  {
    stream: 'EncryptedPackage',
    what: 'protected by a password',
    how: 'Open it in Excel, take the password off (File, Info, Protect Workbook), save it and try again.',
  },
  { stream: '__properties_version1.0', what: 'an Outlook message (.msg)', how: FROM_MAIL },
  {
    stream: 'WordDocument',
    what: 'a Word document (.doc)',
    how: 'Copy its table into a spreadsheet and save that as CSV.',
  },
  { stream: 'PowerPoint Document', what: 'a PowerPoint presentation', how: AS_CSV },
];

/** Zip files that are documents, by a member's name. */
export const ZIP_DOCUMENTS: readonly (Stranger & { readonly member: RegExp })[] = [
  {
    member: /^word\/document\.xml$/,
    what: 'a Word document (.docx)',
    how: 'Copy its table into a spreadsheet and save that as CSV.',
  },
  { member: /^ppt\/presentation\.xml$/, what: 'a PowerPoint presentation (.pptx)', how: AS_CSV },
  { member: /^META-INF\/container\.xml$/, what: 'an e-book', how: AS_CSV },
  { member: /^AndroidManifest\.xml$|^META-INF\/MANIFEST\.MF$/, what: 'a program', how: AS_CSV },
];
