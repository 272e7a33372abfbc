/** HTML that programs leave in cells: entities, links. */

const LATIN1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest ' +
  'Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig ' +
  'agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';
/** The first of the names above stands for U+00A0, the others follow. */
const FIRST_LATIN1 = 0xa0;

const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ...LATIN1.split(' ').map((name, at): [string, string] => [name, String.fromCharCode(FIRST_LATIN1 + at)]),
  ...Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    euro: '€',
    ndash: '–',
    mdash: '—',
    hellip: '…',
  }),
  ...Object.entries({ lsquo: '‘', rsquo: '’', sbquo: '‚', ldquo: '“', rdquo: '”', bdquo: '„', bull: '•', trade: '™' }),
  ...Object.entries({
    OElig: 'Œ',
    oelig: 'œ',
    Scaron: 'Š',
    scaron: 'š',
    Yuml: 'Ÿ',
    lsaquo: '‹',
    rsaquo: '›',
    commat: '@',
  }),
]);

const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z][a-z\d]{1,7}));/gi;
const MAY_HOLD = /&[#a-z\d]{2,9};/i;
const HIGHEST_CODE_POINT = 0x10ffff;

/** Entities as the characters that they stand for (`L&#039;Agap&eacute;`), also where they were written twice (`&amp;amp;`). */
export function decodeEntities(text: string): string {
  if (!text.includes('&') || !MAY_HOLD.test(text)) return text;
  const once = decodedOnce(text);
  return MAY_HOLD.test(once) ? decodedOnce(once) : once;
}

function decodedOnce(text: string): string {
  return text.replace(ENTITY, (entity: string, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return CHARACTERS.get(name) ?? CHARACTERS.get(name.toLowerCase()) ?? entity;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    const isCharacter = code > 0 && code <= HIGHEST_CODE_POINT && !(code >= 0xd800 && code <= 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : entity;
  });
}

const LINK_TARGET = /<a\s[^>]*?href\s*=\s*(["']?)(?:mailto|tel|callto|sms):([^"'?>\s]*)[^>]*>/gi;
const TAG = /<\/?(?:a|b|i|p|u|br|div|span|strong|em|font|td|tr|li|ul)(?:\s[^<>]*)?\/?>/gi;

/** A cell's text without tags; of a link to an address or a number the target goes before what is shown. */
export function withoutTags(text: string): string {
  if (!text.includes('<')) return text;
  const targets = [...text.matchAll(LINK_TARGET)].map(([, , target = '']) => target);
  if (targets.length > 0) return targets.join('; ');
  return text.replace(TAG, ' ').trim();
}
