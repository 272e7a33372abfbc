/** A number without its country may have been read as one of any other: `07911 123456` is one of GB, and another of DE. Pure. */
import { numberParts, phoneText } from './phone-cell.js';
import { callingCodes, type CallingCodePlan } from './phone-plan.js';

/**
 * What numbers would be with the calling code of each country, as they are dialled there: their trunk prefix left out, or read as a
 * digit of the number.
 * @param phones in E.164
 * @param unread texts of numbers that could not be read, with the area code where that stands in a column of its own
 * @returns in E.164, of lengths that the country has; valid or not, and never one of `phones`
 */
export function* phonesElsewhere(phones: readonly string[], unread: readonly string[] = []): Generator<string> {
  const dialled = new Set([...phones.flatMap(dialledForms), ...unread.flatMap(digitsOf)]);
  const known = new Set(phones);
  for (const plan of callingCodes()) {
    for (const digits of dialled) {
      for (const national of nationalForms(digits, plan)) {
        const phone = `+${plan.code}${national}`;
        if (known.has(phone)) continue;
        known.add(phone);
        yield phone;
      }
    }
  }
}

/** A number in E.164 as it is dialled at home, with its trunk prefix and without. */
function dialledForms(phone: string): string[] {
  const digits = phone.slice(1);
  const home = callingCodes().find(({ code }) => digits.startsWith(code));
  if (home === undefined) return [];
  const national = digits.slice(home.code.length);
  return home.trunkPrefix === undefined ? [national] : [national, home.trunkPrefix + national];
}

function nationalForms(digits: string, { trunkPrefix, lengths }: CallingCodePlan): string[] {
  const isDialled = trunkPrefix !== undefined && digits.startsWith(trunkPrefix);
  const forms = isDialled ? [digits.slice(trunkPrefix.length), digits] : [digits];
  return forms.filter(({ length }) => lengths.has(length));
}

/** The digits of the numbers of a cell; of one with its country's code there is no other reading. */
function digitsOf(cell: string): string[] {
  return numberParts(cell)
    .map((part) => phoneText(part).number.trim())
    .filter((number) => !/^(?:\+|00)/.test(number))
    .map((number) => number.replace(/\D/g, ''))
    .filter((digits) => digits !== '');
}
