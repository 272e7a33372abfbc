/** How amounts and dates are usually written where a file comes from: what is proposed, never what is read unasked. Pure. */
import type { DateOrder, Decimal } from './mapping.js';

/** @param delimiter a semicolon stands between fields where the comma is the decimal mark */
export function likelyReading(
  kind: 'money' | 'date',
  country: string | undefined,
  delimiter: string,
): Decimal | DateOrder | undefined {
  if (country === undefined) {
    if (delimiter !== ';') return undefined;
    return kind === 'money' ? 'comma' : 'dmy';
  }
  const { language } = new Intl.Locale('und', { region: country }).maximize();
  const locale = `${language}-${country}`;
  if (kind === 'money') {
    const mark = new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value;
    return mark === ',' ? 'comma' : 'point';
  }
  const parts = new Intl.DateTimeFormat(locale, { dateStyle: 'short' }).formatToParts(new Date(0));
  const order = parts.map(({ type }) => type).filter((type) => type === 'day' || type === 'month');
  return order[0] === 'month' && parts[0]?.type === 'month' ? 'mdy' : 'dmy';
}
