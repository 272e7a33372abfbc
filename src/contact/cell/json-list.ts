/** Cells that hold JSON, as CRMs with an API export lists: `["VIP","Lead"]`, `[{"label":"work","value":"…"}]`. */

/** A value with what stands beside it. */
export interface ListedValue {
  readonly text: string;
  /** `+1`, `US`: where a number is dialled. */
  readonly place: string;
}

const LONGEST = 20_000;
/** Keys under which programs put the value itself, the likeliest first. */
const VALUE_KEYS = [
  'value',
  'email',
  'emailaddress',
  'email_address',
  'address',
  'number',
  'phone',
  'phonenumber',
  'phone_number',
  'name',
  'label',
  'tag',
  'text',
];
const PLACE_KEYS = ['callingcode', 'calling_code', 'countrycode', 'country_code', 'country'];

/** The values of a JSON list or object; undefined where the cell is no JSON. */
export function readListed(text: string): ListedValue[] | undefined {
  const first = text.charCodeAt(0);
  if ((first !== 0x5b && first !== 0x7b) || text.length > LONGEST) return undefined;
  const parsed = parse(text) ?? postgresArray(text);
  if (parsed === undefined) return undefined;
  const listed = (Array.isArray(parsed) ? parsed : [parsed]).map(valueOf);
  return listed.filter(({ text: value }) => value !== '');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return pythonList(text);
  }
}

/** `['VIP', 'Lead']` is a list in Python. */
function pythonList(text: string): unknown {
  if (!/^\[\s*'(?:[^'\\]*)'(?:\s*,\s*'(?:[^'\\]*)')*\s*\]$/.test(text)) return undefined;
  return [...text.matchAll(/'([^']*)'/g)].map(([, value = '']) => value);
}

/** `{VIP,Lead}` and `{"VIP","Lead"}` are a list in PostgreSQL. */
function postgresArray(text: string): string[] | undefined {
  const inner = /^\{([^{}:]*)\}$/.exec(text)?.[1];
  return inner?.split(',').map((part) => part.trim().replace(/^"(.*)"$/, '$1'));
}

function valueOf(item: unknown): ListedValue {
  if (typeof item === 'string' || typeof item === 'number') return { text: String(item).trim(), place: '' };
  if (typeof item !== 'object' || item === null) return { text: '', place: '' };
  const entries = new Map(Object.entries(item).map(([key, value]) => [key.toLowerCase(), value as unknown]));
  return { text: pick(entries, VALUE_KEYS), place: pick(entries, PLACE_KEYS) };
}

function pick(entries: ReadonlyMap<string, unknown>, keys: readonly string[]): string {
  for (const key of keys) {
    const value = entries.get(key);
    if ((typeof value === 'string' && value.trim() !== '') || typeof value === 'number') return String(value).trim();
  }
  return '';
}
