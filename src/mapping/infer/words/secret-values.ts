/** Cells that are a bank account, a payment card or a person's number with the state, whatever their column is called. Pure. */

/** The share of the values from which a column counts as holding them. */
const MOSTLY = 0.7;

const SPACERS = /[\s.-]/g;

/** ISO 13616: a country, two check digits and the account, whose remainder by 97 is 1. */
function isIban(text: string): boolean {
  const iban = text.replace(SPACERS, '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/.test(iban)) return false;
  let remainder = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    for (const digit of String(Number.parseInt(character, 36))) remainder = (remainder * 10 + Number(digit)) % 97;
  }
  return remainder === 1;
}

/** ISO 7812: fifteen or sixteen digits that begin as cards do, and whose check digit is Luhn's. No phone is as long. */
function isCard(text: string): boolean {
  if (!/^\d[\d -]+\d$/.test(text)) return false;
  const digits = text.replace(SPACERS, '');
  if (!/^(?:3[47]\d{13}|[2456]\d{15})$/.test(digits)) return false;
  const sum = Array.from(digits)
    .reverse()
    .map((digit, at) => Number(digit) * (at % 2 === 0 ? 1 : 2))
    .reduce((total, value) => total + (value > 9 ? value - 9 : value), 0);
  return sum % 10 === 0;
}

/** A social security number of the USA, a CPF of Brazil: nothing else is written so. */
function isStateNumber(text: string): boolean {
  return /^\d{3}-\d{2}-\d{4}$/.test(text) || /^\d{3}\.\d{3}\.\d{3}-\d{2}$/.test(text);
}

/** Whether the values of a column are numbers that must not be copied by accident. */
export function areSecrets(values: readonly string[]): boolean {
  const isOne = (value: string): boolean => isStateNumber(value) || isIban(value) || isCard(value);
  return values.length > 0 && values.filter(isOne).length >= values.length * MOSTLY;
}
