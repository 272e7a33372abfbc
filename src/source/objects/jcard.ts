/** vCards written as JSON (RFC 7095), as the text of vCards that they stand for. */

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const escaped = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');

/** A value: a text, or the parts of a name or an address, each of which may be a list. */
function valueOf(value: unknown): string {
  if (isList(value)) return value.map((part) => (isList(part) ? part.map(valueOf).join(',') : valueOf(part))).join(';');
  if (typeof value === 'string') return escaped(value);
  return value === null || value === undefined ? '' : JSON.stringify(value);
}

function parametersOf(parameters: unknown): string {
  if (typeof parameters !== 'object' || parameters === null) return '';
  return Object.entries(parameters)
    .flatMap(([name, value]) => (isList(value) ? value : [value]).map((one) => [name, one] as const))
    .filter(([, value]) => typeof value === 'string' && /^[\w-]+$/.test(value))
    .map(([name, value]) => `;${name.toUpperCase()}=${String(value)}`)
    .join('');
}

function lineOf(property: unknown): string | undefined {
  if (!isList(property) || property.length < 4) return undefined;
  const [name, parameters, kind, ...values] = property;
  if (typeof name !== 'string' || !/^[\w-]+$/.test(name)) return undefined;
  const uri = kind === 'uri' ? ';VALUE=uri' : '';
  const text = values.map(valueOf).join(',');
  return `${name.toUpperCase()}${uri}${parametersOf(parameters)}:${text}`;
}

function cardOf(value: unknown): readonly string[] | undefined {
  if (!isList(value) || value[0] !== 'vcard' || !isList(value[1])) return undefined;
  const lines = value[1].map(lineOf).filter((line) => line !== undefined);
  return ['BEGIN:VCARD', ...lines, 'END:VCARD'];
}

/** The text of the vCards that a JSON value holds, one of them or a list; undefined where it is something else. */
export function cardsOf(value: unknown): string | undefined {
  const one = cardOf(value);
  const cards = one !== undefined ? [one] : isList(value) ? value.map(cardOf) : [];
  if (cards.length === 0 || cards.some((card) => card === undefined)) return undefined;
  return cards.flatMap((card) => card ?? []).join('\r\n');
}
