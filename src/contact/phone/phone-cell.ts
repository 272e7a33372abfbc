/** The text of one phone cell taken apart, before any of it is read as a number. */

/** One number's text, without label and extension. */
export interface PhoneText {
  readonly number: string;
  readonly extension?: string;
  /** The label says that this is no telephone: a fax or a pager. */
  readonly isFax: boolean;
}

const WORDS =
  'call|text|tel|telef[oó]n[oe]?|telefoon|telefone|telephone|t[eé]l[eé]phone|t[eé]l|phone|ph|mob|mobile?|m[oó]vil|portable|cell|cellulare|celular|' +
  'cellphone|handy|whatsapp|home|work|office|main|other|direct|private?|privat|arbeit|gesch[aä]ftlich|b[uü]ro|' +
  'bureau|domicile|casa|lavoro|trabajo|fax|telefax|pager';
const FAX = /(?<!\p{L})(?:tele)?(?:fax|pager)(?!\p{L})/iu;
/** `Tel.:`, `M:`, `work:`, `Mobile ` before the number: any words with a colon, the known ones without. */
const LABEL_BEFORE = new RegExp(
  `^(?:\\p{L}[\\p{L} ./-]{0,20}\\s?:|(?:(?:${WORDS})(?:\\b|(?!\\p{L}))[.: -]*)+)\\s*`,
  'iu',
);
/** `(mobile)` anywhere, or a known word after the number. */
const LABEL_IN_BRACKETS = /[([]\s*\p{L}[\p{L} ./-]*[)\]]/gu;
const LABEL_AFTER = new RegExp(`[\\s,-]+(?:${WORDS})\\.?$`, 'iu');
/** `020 7946 0123 w`: work, home, mobile, cell, office. */
const LETTER_AFTER = /(?<=\d)\s+[whmco]\.?$/i;
/** `971501234567+`, as sheets that are written from right to left show it. */
const PLUS_BEHIND = /^(\d[\d\s-]{6,})\+$/;

/** "Extension" in the languages that have a word for it. */
const EXTENSION_WORDS =
  'extension|extensi[oó]n|estensione|extn?|x|durchwahl|dw|nebenstelle|nst|app(?:arat)?|poste|anexo|ramal|interno|int|toestel|tst|anknytning|ankn|lokal(?:nummer)?|alanumero|' +
  'wew(?:nętrzny)?|klapka|linka|mellék|dahili|доб(?:авочный)?|внутр|вн|εσωτ|内線|內線|内线|分機|分机|转|轉|内|내선|تحويلة|שלוחה';
const EXTENSION = new RegExp(
  `(?:;ext=|;\\s*ext\\.?\\s*|[\\s,(-]*(?:\\b|(?<=[\\d)\\s]))(?:${EXTENSION_WORDS})[.:\\s]*|\\s*#\\s*)(\\d{1,9})\\)?$`,
  'i',
);

/** Where one number ends and the next begins with its label: `(w) 212-555-0158`, `H: 020 … M: 07700 …`, `… home 07700 …`. */
const LABELLED = new RegExp(
  `(?<=\\d[\\d\\s().-]{5,}[([]\\s*\\p{L}[\\p{L} .]*[)\\]])\\s+(?=[+(\\d])|(?<=\\d{2}\\)?)\\s+(?=(?:\\p{L}|\\p{L}{2,12}(?=\\s?:)|${WORDS})\\s*[.:]+\\s*[+(\\d])|(?<=\\d{3}\\)?)\\s+(?=(?:${WORDS})\\s+[+(]?\\d{2})`,
  'giu',
);

/** `M 212-555-0157 W 212-555-0158`: a capital before each number; x is an extension. */
const LETTERED = /(?<=\d{3}\)?)\s+(?=(?!X)[A-Z]\s+[+(]?\d{2})/g;
const WHATSAPP_IDS = /@(?:s\.whatsapp\.net|c\.us)[,;\s]/i;

/** Separates numbers whatever they are. A `;` that begins an extension does not; a `+` after a space begins a number. */
const BETWEEN_NUMBERS =
  /\s*(?:\s:::\s|:::|;(?!\s*ext)|\n|\||\s(?:or|oder|ou|and|und|et|y|e|o|of|en|&)\s)\s*|(?<=\d\)?)\s+(?=\(?\+)/i;
const EVERY_BETWEEN_NUMBERS = new RegExp(BETWEEN_NUMBERS, 'gi');
/** Separates numbers only where each part turns out to be one: `030/1234567` is a single number in Germany. */
const PERHAPS_BETWEEN_NUMBERS = /\s*[,/]\s*/;

/** `07700900123 07700900124`: each as long as a number is without blanks. */
const WHOLE_NUMBERS = /^\s*\d{9,13}(?:\s+\d{9,13})+\s*$/;

/** The parts of a cell that certainly are different numbers. */
export function numberParts(cell: string): string[] {
  if (WHATSAPP_IDS.test(cell)) return cell.split(/[,;\s]+/).filter((part) => part !== '');
  const text = cell.replace(LABELLED, ';').replace(LETTERED, ';');
  if (!BETWEEN_NUMBERS.test(text)) return [text];
  return text.split(EVERY_BETWEEN_NUMBERS).filter((part) => part.trim() !== '');
}

/** The parts of a part between `,` and `/`; at least two, each long enough to be a number of its own, or none. */
export function possibleNumberParts(part: string): string[] {
  const between = WHOLE_NUMBERS.test(part) ? /\s+/ : PERHAPS_BETWEEN_NUMBERS;
  const pieces = halvesOfOneShape(part) ?? part.split(between).filter((piece) => piece !== '');
  const areLong = pieces.every((piece) => piece.replace(/\D/g, '').length >= 7);
  return pieces.length > 1 && areLong ? pieces : [];
}

/** Digits of two numbers together; fewer may be one number and its extension. */
const FEWEST_DIGITS_OF_TWO = 18;

/** `212-555-0157 212-555-0158`: two halves that are written alike, number by number. */
function halvesOfOneShape(part: string): string[] | undefined {
  const text = part.trim();
  const middle = (text.length - 1) / 2;
  if (!Number.isInteger(middle) || text[middle] !== ' ' || text.replace(/\D/g, '').length < FEWEST_DIGITS_OF_TWO) {
    return undefined;
  }
  const halves = [text.slice(0, middle), text.slice(middle + 1)];
  const [shape, other] = halves.map((half) => half.replace(/\d/g, '9'));
  return shape === other && /^[9 ()./+-]+$/.test(shape ?? '') ? halves : undefined;
}

/** WhatsApp's own addresses of a number: `447700900123@s.whatsapp.net`, `@c.us`; a link to a chat. */
const WHATSAPP_ID = /^(\d{7,15})(?::\d+)?@(?:s\.whatsapp\.net|c\.us)$/i;
const LINK =
  /^(?:(?:https?:\/\/)?(?:www\.)?(?:wa\.me\/(?:message\/)?|(?:api|web|chat)?\.?whatsapp\.com\/send\/?\?(?:.*&)?phone=)|whatsapp:(?:\/\/send\/?\?(?:.*&)?phone=)?)\+?(?:%2b)?(\d[\d\s().-]{5,18}\d)(?:[/?&#].*)?$/i;

/** The number that a link or id of WhatsApp stands for, with its +; undefined for any other text. */
export function numberOfLink(text: string): string | undefined {
  const digits = (WHATSAPP_ID.exec(text) ?? LINK.exec(text))?.[1];
  return digits === undefined ? undefined : `+${digits}`;
}

/** `1-800-FLOWERS`: digits in front, capitals with hyphens or digits behind. */
const VANITY = /^(?=[+\s().-]*\d)[+\d\s().-]*[A-Z][A-Z\d-]*$/;
const FEWEST_LETTERS = 3;
/** The letters on each key of a telephone, from 2 on (ITU-T E.161). */
const KEYS = ['ABC', 'DEF', 'GHI', 'JKL', 'MNO', 'PQRS', 'TUV', 'WXYZ'];

/** Letters as the keys that they stand on; undefined where the text is no number in letters. */
export function withoutLetters(text: string): string | undefined {
  if (!VANITY.test(text) || text.replace(/[^A-Z]/g, '').length < FEWEST_LETTERS) return undefined;
  return text.replace(/[A-Z]/g, (letter) => String(KEYS.findIndex((letters) => letters.includes(letter)) + 2));
}

/** Takes labels, `tel:`, brackets around a country code, Excel's `.0` and an extension off one number's text. */
export function phoneText(part: string): PhoneText {
  const isFax = FAX.test(part) || /^\s*f\s*[.:]|\d\s+f\.?\s*$/i.test(part);
  let number = part
    .trim()
    .replace(/^(?:tel|callto|sms):/i, '')
    .replace(/^['’‘"“”„«](.*)['’‘"“”»]$/, '$1');
  number = number.replace(LABEL_IN_BRACKETS, ' ').trim();
  const extension = EXTENSION.exec(number);
  if (extension !== null) number = number.slice(0, extension.index).trim();
  number = number
    .replace(/^(?!x)[a-z][.)]?\s+(?=[+(\d])/i, '')
    .replace(LABEL_BEFORE, '')
    .replace(LABEL_AFTER, '')
    .replace(LETTER_AFTER, '')
    .replace(PLUS_BEHIND, '+$1')
    .trim();
  number = number.replace(/^'(?=[+\d])/, '').replace(/^(\+?\d{6,})\.0+$/, '$1');
  number = number.replace(/^\(\s*(\+[\d\s]+)\)/, '$1 ').replace(/[,;.]+$/, '');
  return { number, isFax, ...(extension?.[1] === undefined ? {} : { extension: extension[1] }) };
}
