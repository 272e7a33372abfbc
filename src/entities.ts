/** Characters that HTML writes by name or number; the names that contacts hold. */

const LATIN1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest ' +
  'Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig ' +
  'agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';
/** The first of the names above stands for U+00A0, the others follow. */
const FIRST_LATIN1 = 0xa0;
const OTHERS =
  'amp& lt< gt> quot" apos\' euro€ ndash– mdash— hellip… lsquo‘ rsquo’ sbquo‚ ldquo“ rdquo” bdquo„ bull• trade™ OEligŒ oeligœ YumlŸ lsaquo‹ rsaquo› commat@';

/** Marks that are put on a letter beyond Latin-1: `&ccaron;` is c and a caron. */
const MARKS: Readonly<Record<string, string>> = {
  acute: '\u0301',
  grave: '\u0300',
  circ: '\u0302',
  uml: '\u0308',
  tilde: '\u0303',
  ring: '\u030a',
  cedil: '\u0327',
  caron: '\u030c',
};

const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ...LATIN1.split(' ').map((name, at): [string, string] => [name, String.fromCharCode(FIRST_LATIN1 + at)]),
  ...OTHERS.split(' ').map((pair): [string, string] => [pair.slice(0, -1), pair.slice(-1)]),
  ['shy', ''],
]);

const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z][a-z\d]{1,7}));/gi;

/** A text without entities (`L&#039;Agap&eacute;`); what is none stays as it is. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(ENTITY, (entity: string, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return byName(name) ?? byName(name.toLowerCase()) ?? entity;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : entity;
  });
}

function byName(name: string): string | undefined {
  const marked = /^([A-Za-z])([a-z]+)$/.exec(name);
  const mark = MARKS[marked?.[2] ?? ''];
  return CHARACTERS.get(name) ?? (mark === undefined ? undefined : `${marked?.[1] ?? ''}${mark}`.normalize('NFC'));
}
