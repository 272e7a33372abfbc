/** Names that are no person's: firms, households, offices, two people at once. */
import { isFirstName } from './first-names.js';
import {
  beginsFirm,
  endsFirm,
  holdsLegalForm,
  isCompanyForm,
  isHousehold,
  isLegalForm,
  isLegalFormInFront,
} from './name-parts.js';

const PARTNERS =
  /(?:&|\+| and| und| et| y| e| en) (?:sons?|co|cie|söhne|sohn|fils|hijos|filhos|figli|zonen|associates|partners?|brothers|bros)\.?$/i;

/** `Estate of John Smith`, `Law Offices of Jane Doe`, `City of Bath`. */
const BODY_OF =
  /^(?:the )?(?:law offices?|estate|office|bank|city|town|village|county|borough|parish|university|church|friends|department|dept|diocese|school|college|ministry|house|board|trustees?|heirs?|club|embassy|consulate|chamber) of /i;
/** Words that people are called as well, after a word that says which kind of body it is. */
const BODY_WITH_KIND =
  /(?:baptist|methodist|lutheran|presbyterian|catholic|community|christian|episcopal|anglican|evangelical|pentecostal|orthodox|reformed|gospel|parish|football|soccer|tennis|golf|rotary|lions|sports|rugby|cricket|yacht|savings|national) (?:church|chapel|club|bank)$/i;

/** `Smith & Sons`, `Müller und Partner`: firms that are called after people. */
export function isFirmOfPartners(text: string): boolean {
  return PARTNERS.test(text);
}

/** `Acme Plumbing Ltd`, `Smith & Sons GmbH`, `The Smith Family`: nobody's first and last name. */
export function isFirmOrHousehold(text: string): boolean {
  const words = text.split(' ');
  if (words.length < 2) return holdsLegalForm(text);
  const isAllCapitals = text === text.toUpperCase();
  const last = words.at(-1) ?? '';
  const [first = ''] = words;
  if (endsFirm(last, isAllCapitals) || isHousehold(last) || isHousehold(first) || beginsFirm(first)) return true;
  if (isLegalFormInFront(first) || holdsLegalForm(text)) return true;
  if (/^the$/i.test(first) || isFirmOfPartners(text)) return true;
  // "Joe's Pizza", "St. Mary's Church": what belongs to somebody is nobody's name.
  if (/^(?:\S+ ){0,3}\p{L}{2,}['’]s \S/iu.test(text)) return true;
  return BODY_OF.test(text) || BODY_WITH_KIND.test(text);
}

/** Capitals at the end of a person's name are initials as often: Rajesh KK, Max SE. */
const MAY_BE_INITIALS = /^\p{Lu}{2}$/u;

/**
 * Whether a text is the name of a firm beyond doubt, by what it is by law or by its partners: `Acme Ltd`, `ООО Ромашка`,
 * `Baker & Sons`. A word alone never is: somebody may be called Inc.
 */
export function isFirmByLaw(text: string): boolean {
  const words = text.split(' ');
  const [first = ''] = words;
  const last = words.at(-1) ?? '';
  if (holdsLegalForm(text)) return true;
  if (words.length < 2 || isHousehold(first) || isHousehold(last)) return false;
  if (isLegalFormInFront(first) || isFirmOfPartners(text)) return true;
  if (!isLegalForm(last, text === text.toUpperCase())) return false;
  return !MAY_BE_INITIALS.test(last) || words.length > 2 || !isFirstName(first);
}

const BESIDE = / [-–—|/] +(?=\S)/;
const IN_BRACKETS = /^(\S+(?: \S+)+?) \(([^()]+)\)$/;

/** `Jane Doe - Acme Corp`: the person, and the firm behind; undefined where what is behind is no firm. */
export function firmBehind(text: string): { readonly person: string; readonly firm: string } | undefined {
  const [, bracketed, inside] = IN_BRACKETS.exec(text) ?? [];
  if (bracketed !== undefined && inside !== undefined)
    return isFirmByLaw(inside) && !isFirmOrHousehold(bracketed) ? { person: bracketed, firm: inside } : undefined;
  const beside = text.includes('\n') ? null : BESIDE.exec(text);
  if (beside === null) return undefined;
  const person = text.slice(0, beside.index).trimEnd();
  const firm = text.slice(beside.index + beside[0].length);
  if (person === '' || isFirmOrHousehold(person)) return undefined;
  const isFirm = isFirmOrHousehold(firm) || isCompanyForm(firm.split(' ').at(-1) ?? '');
  return isFirm ? { person, firm } : undefined;
}
