/** The text of one phone cell taken apart, before any of it is read as a number. */

/** One number's text, without label and extension. */
export interface PhoneText {
  readonly number: string;
  readonly extension?: string;
  /** The label says that this is no telephone: a fax or a pager. */
  readonly isFax: boolean;
}

const WORDS =
  'tel|telef[oó]n[oe]?|telefoon|telefone|telephone|t[eé]l[eé]phone|t[eé]l|phone|ph|mob|mobile?|m[oó]vil|portable|cell|cellulare|celular|' +
  'cellphone|handy|whatsapp|home|work|office|main|other|direct|private?|privat|arbeit|gesch[aä]ftlich|b[uü]ro|' +
  'bureau|domicile|casa|lavoro|trabajo|fax|telefax|pager';
const FAX = /(?<!\p{L})(?:tele)?(?:fax|pager)(?!\p{L})/iu;
/** `Tel.:`, `M:`, `work:`, `Mobile ` before the number: any words with a colon, the known ones without. */
const LABEL_BEFORE = new RegExp(`^(?:\\p{L}[\\p{L} ./-]{0,20}:|(?:(?:${WORDS})(?:\\b|(?!\\p{L}))[.: -]*)+)\\s*`, 'iu');
/** `(mobile)` anywhere, or a known word after the number. */
const LABEL_IN_BRACKETS = /[([]\s*\p{L}[\p{L} ./-]*[)\]]/gu;
const LABEL_AFTER = new RegExp(`[\\s,-]+(?:${WORDS})\\.?$`, 'iu');
const EXTENSION =
  /(?:;ext=|;\s*ext\.?\s*|[\s,(-]*(?:\b|(?<=[\d)\s]))(?:extension|extn?|x|durchwahl|dw|poste|anexo|ramal|interno|int)[.:\s]*|\s*#\s*)(\d{1,9})\)?$/i;

/** Separates numbers whatever they are. A `;` that begins an extension does not; a `+` after a space begins a number. */
const BETWEEN_NUMBERS =
  /\s*(?:\s:::\s|:::|;(?!\s*ext)|\n|\||\s(?:or|oder|ou|and|und|et|y|e|o|of|en|&)\s)\s*|(?<=\d\)?)\s+(?=\(?\+)/i;
const EVERY_BETWEEN_NUMBERS = new RegExp(BETWEEN_NUMBERS, 'gi');
/** Separates numbers only where each part turns out to be one: `030/1234567` is a single number in Germany. */
const PERHAPS_BETWEEN_NUMBERS = /\s*[,/]\s*/;

/** The parts of a cell that certainly are different numbers. */
export function numberParts(text: string): string[] {
  if (!BETWEEN_NUMBERS.test(text)) return [text];
  return text.split(EVERY_BETWEEN_NUMBERS).filter((part) => part.trim() !== '');
}

/** The parts of a part between `,` and `/`; at least two, each long enough to be a number of its own, or none. */
export function possibleNumberParts(part: string): string[] {
  const pieces = part.split(PERHAPS_BETWEEN_NUMBERS).filter((piece) => piece !== '');
  const areLong = pieces.every((piece) => piece.replace(/\D/g, '').length >= 7);
  return pieces.length > 1 && areLong ? pieces : [];
}

/** Takes labels, `tel:`, brackets around a country code, Excel's `.0` and an extension off one number's text. */
export function phoneText(part: string): PhoneText {
  const isFax = FAX.test(part);
  let number = part.trim().replace(/^tel:/i, '');
  number = number.replace(LABEL_IN_BRACKETS, ' ').trim();
  const extension = EXTENSION.exec(number);
  if (extension !== null) number = number.slice(0, extension.index).trim();
  number = number.replace(LABEL_BEFORE, '').replace(LABEL_AFTER, '').trim();
  number = number.replace(/^'(?=[+\d])/, '').replace(/^(\+?\d{6,})\.0+$/, '$1');
  number = number.replace(/^\(\s*(\+[\d\s]+)\)/, '$1 ').replace(/[,;.]+$/, '');
  return { number, isFax, ...(extension?.[1] === undefined ? {} : { extension: extension[1] }) };
}
