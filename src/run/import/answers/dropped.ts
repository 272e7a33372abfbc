/** What an answer shows that Clarky has dropped, or cut short, of what it was sent: the contact arrived, and not all of it. Pure. */
import type { WireContact } from '../../../api/wire.js';
import { LIST_FIELDS, type Contact, type TextField } from '../../../contact/contact.js';
import { placeOfContact, type PlannedContact } from '../../../plan/planned.js';
import { DROPPED_BY_CLARKY } from '../../../problem.js';
import { fieldInWords } from '../../../wording/fields.js';

/** A server may cut these to what they have room for; what it makes of the others, a code say, may begin as they do. */
const OF_ANY_LENGTH = new Set<string>([
  ...(['notes', 'first_name', 'last_name', 'company', 'job_title', 'city'] satisfies TextField[]),
  ...(['address_line1', 'address_line2'] satisfies TextField[]),
]);

/** The contact as it is counted: with a remark for each value that its answer shows Clarky to be without. */
export function withDropped(planned: PlannedContact, sent: Contact, answer: WireContact): PlannedContact {
  const fields = droppedOf(sent, answer);
  if (fields.length === 0) return planned;
  const where = placeOfContact(planned);
  const remarks = fields.map((field) => {
    const column = fieldInWords(field);
    const message = `Clarky answered that it has the contact, and shows it without ${column}, or with less of it.`;
    return { ...where, problem: { code: DROPPED_BY_CLARKY, column, message }, isOmission: true };
  });
  return { ...planned, remarks: [...planned.remarks, ...remarks] };
}

/** What an answer does not show at all is not known to be dropped. */
function droppedOf({ custom_fields: custom = {}, ...sent }: Contact, answer: WireContact): string[] {
  const fields = Object.keys(sent).filter((field) => field in answer);
  return [
    ...fields.filter((field) => isDropped(field, sent[field as keyof typeof sent], answer[field])),
    ...Object.keys(custom)
      .filter((key) => isCustomDropped(key, answer['custom_fields']))
      .map((key) => `custom_fields.${key}`),
  ];
}

function isDropped(field: string, sent: unknown, shown: unknown): boolean {
  if (isBlank(shown)) return sent !== 0;
  if ((LIST_FIELDS as readonly string[]).includes(field)) {
    return Array.isArray(sent) && Array.isArray(shown) && shown.length < sent.length;
  }
  return typeof sent === 'string' && typeof shown === 'string' && OF_ANY_LENGTH.has(field) && isCut(sent, shown);
}

function isCut(sent: string, shown: string): boolean {
  const [whole, part] = [bare(sent), bare(shown)];
  return part.length < whole.length && whole.startsWith(part);
}

/** Without what servers tidy up: case, blanks, and the stops at the end. */
function bare(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, '')
    .replace(/[.,;:!…/-]+$/, '');
}

/** A server may write the name of a custom field its own way. */
function isCustomDropped(key: string, shown: unknown): boolean {
  if (typeof shown !== 'object' || shown === null || Array.isArray(shown)) return false;
  const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return Object.entries(shown).every(([name, value]) => plain(name) !== plain(key) || isBlank(value));
}

function isBlank(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
