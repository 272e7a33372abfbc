/**
 * The letters beyond A to Z that languages are written with, by the single-byte encodings in which their exports come.
 * A text read in the wrong encoding falls out of every one of these alphabets: that is how encodings are told apart.
 */

/** An encoding that can be guessed. `codec` is iconv-lite's name, `label` the one for people. */
export interface GuessableEncoding {
  readonly codec: string;
  readonly label: string;
  /** Lower-case letters beyond ASCII, one string a language. */
  readonly alphabets: readonly string[];
  /** Added to the plausibility, for how common files in this encoding are; at most a few hundredths. */
  readonly prior: number;
}

const WESTERN = [
  'äöüß', // German
  'àâæçèéêëîïôœùûüÿ', // French
  'áéíñóúü', // Spanish
  'àáâãçéêíóôõúü', // Portuguese
  'àèéìíîòóùú', // Italian
  'áèéêëíïóöúü', // Dutch
  'äåéöü', // Swedish, Finnish
  'æøåéèòóô', // Danish, Norwegian
  'áæéíðóöúýþ', // Icelandic
  'àçèéíïòóúü·', // Catalan
];
const CENTRAL_EUROPEAN = [
  'ąćęłńóśźż', // Polish
  'áčďéěíňóřšťúůýž', // Czech
  'áäčďéíĺľňóôŕšťúýž', // Slovak
  'áéíóöőúüű', // Hungarian
  'čćđšž', // Croatian, Slovenian
  'ăâîşţ', // Romanian, in the letters that these encodings have
];
const RUSSIAN = 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя';
const UKRAINIAN = 'абвгґдеєжзиіїйклмнопрстуфхцчшщьюя';
const GREEK = 'αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ';
const TURKISH = 'çğıöşüâîû';
const BALTIC = ['ąčęėįšųūž', 'āčēģīķļņšūž', 'äöõüšž'];

/** Candidates in the order in which a tie is decided. */
export const GUESSABLE: readonly GuessableEncoding[] = [
  { codec: 'windows-1252', label: 'Windows-1252', alphabets: WESTERN, prior: 0.06 },
  // Differs from Windows-1252 in eight letters and signs (€ Š š Ž ž Œ œ Ÿ), and has controls in 0x80 to 0x9F.
  { codec: 'iso-8859-15', label: 'ISO-8859-15', alphabets: WESTERN, prior: 0.05 },
  { codec: 'macintosh', label: 'Mac Roman', alphabets: WESTERN, prior: 0 },
  { codec: 'windows-1250', label: 'Windows-1250', alphabets: CENTRAL_EUROPEAN, prior: 0 },
  { codec: 'windows-1251', label: 'Windows-1251', alphabets: [RUSSIAN, UKRAINIAN], prior: 0.02 },
  { codec: 'koi8-r', label: 'KOI8-R', alphabets: [RUSSIAN], prior: 0 },
  { codec: 'windows-1253', label: 'Windows-1253', alphabets: [GREEK], prior: 0 },
  { codec: 'windows-1254', label: 'Windows-1254', alphabets: [TURKISH], prior: 0 },
  { codec: 'windows-1257', label: 'Windows-1257', alphabets: BALTIC, prior: -0.02 },
  { codec: 'cp850', label: 'DOS code page 850', alphabets: WESTERN, prior: -0.02 },
];

/** Multi-byte encodings by the name that chardet gives them. */
export const EAST_ASIAN: Readonly<Record<string, { readonly codec: string; readonly label: string }>> = {
  Shift_JIS: { codec: 'shift_jis', label: 'Shift_JIS' },
  'EUC-JP': { codec: 'euc-jp', label: 'EUC-JP' },
  GB18030: { codec: 'gb18030', label: 'GB18030' },
  Big5: { codec: 'big5', label: 'Big5' },
  'EUC-KR': { codec: 'euc-kr', label: 'EUC-KR' },
};

/** Names that people type or programs write, where iconv-lite knows them otherwise or not at all. */
export const ENCODING_SYNONYMS: ReadonlyMap<string, string> = new Map([
  ['ansi', 'windows-1252'],
  // Bytes 0x80 to 0x9F are controls that nobody means in ISO-8859-1; the superset reads the same letters (WHATWG Encoding).
  ['iso88591', 'windows-1252'],
  ['latin1', 'windows-1252'],
  ['usascii', 'windows-1252'],
  ['ascii', 'windows-1252'],
  ['mac', 'macintosh'],
  ['macroman', 'macintosh'],
  ['xmacroman', 'macintosh'],
  ['dos', 'cp850'],
  ['oem', 'cp850'],
  ['sjis', 'shift_jis'],
  ['latin9', 'iso-8859-15'],
]);
