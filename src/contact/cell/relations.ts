/** Texts that name a related record as other programs write them. */

/** vtiger writes the module before a related record: `Accounts::::Acme`. */
const MODULE = /^[A-Z][A-Za-z]+::::(?=\S)/;
/** Notion writes the address of a related page behind its name: `Acme (https://www.notion.so/…), Beta (…)`. */
const PAGE = /\s*\(https:\/\/(?:www\.)?notion\.(?:so|site)\/[^()\s]+\)(?:,\s*)?/;
const EVERY_PAGE = new RegExp(PAGE, 'g');
/** Google puts several values of one label in a cell. */
const OF_GOOGLE = /\s:::\s/;

/** A text without the module before it. */
export function withoutModule(text: string): string {
  return text.includes('::::') ? text.replace(MODULE, '') : text;
}

/** A list of related records without the addresses of their pages. */
export function withoutPages(text: string): string {
  return text.includes('(https://') ? text.replace(EVERY_PAGE, '; ') : text;
}

/** The values of a text that holds several where one is wanted; undefined where it is one. */
export function severalValues(text: string, isGoogle: boolean): readonly string[] | undefined {
  const isRelated = text.includes('(https://') && PAGE.test(text);
  if (!isRelated && !(isGoogle && OF_GOOGLE.test(text))) return undefined;
  return text.split(isRelated ? PAGE : OF_GOOGLE).filter((part) => part.trim() !== '');
}
