/** What a developer's editor and compiler say of the package. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/built.js';
import { complaintsOf, publicNames } from './public-types.js';

const { names, fields } = publicNames();

/** Each option of such a type that may be left out and does not take undefined. */
const STRICT = `
type Strict<T> = { [K in keyof T]-?: {} extends Pick<T, K> ? (Record<K, undefined> extends Pick<T, K> ? never : K) : never }[keyof T];
`;

describe('the types of the package', () => {
  it('say of every option and of every field of a result what it is', () => {
    expect(fields.size).toBeGreaterThan(500);
    expect([...fields].filter(([, isDocumented]) => !isDocumented).map(([name]) => name)).toEqual([]);
  });

  it('hold no seam that only parts of our own use', () => {
    const seams =
      /Options\.(?:handedOver|wording|leftAside|ownFiles|latest|attended|now|wallNow|random|isSameWorkspace|redisWait)$/;
    expect([...fields.keys()].filter((name) => seams.test(name))).toEqual([]);
  });

  it('take undefined for every option that may be left out', async () => {
    const options = names.filter((name) => /Options$|^(?:Timeouts|ProxySettings|ContactFilters)$/.test(name));
    expect(options.length).toBeGreaterThan(12);
    const pieces = options.map(
      (name) => `import type { ${name} } from 'clarky-contacts';${STRICT}
export const strict: [Strict<${name}>] extends [never] ? true : Strict<${name}> = true;`,
    );
    const complaints = await complaintsOf(pieces);
    expect(
      complaints.map((one) => one.replace(/piece-(\d+)\.mts/, (_, n: string) => options[Number(n) - 1] ?? '')),
    ).toEqual([]);
  });

  it('can be named, whatever a call gives', async () => {
    const piece = `
import * as library from 'clarky-contacts';
export const status = async () => (await library.readStatus('x')).settings;
export const whole = async () => ({
  status: await library.readStatus('x'),
  plan: await library.planContacts({ file: 'x' }),
  imported: await library.importContacts({ file: 'x', key: 'k' }),
  verified: await library.verifyContacts({ file: 'x', key: 'k' }),
  undone: await library.undoImport({ file: 'x', key: 'k' }),
  forgotten: await library.forgetFiles('x'),
  bots: await library.listBots({ key: 'k' }),
  client: library.createClient({ key: 'k' }),
  gate: await library.openGate({ apiUrl: '', key: 'k', kind: 'writes', rate: 'off' }),
  sandbox: await library.startSandbox(),
});
export const { scopes: [scope] } = await library.readStatus('x');
`;
    expect(await complaintsOf([piece], { declaration: true })).toEqual([]);
  });
});

describe('the documents', () => {
  it('use the library as it compiles, each piece of code by itself', async () => {
    const text = await readFile(join(ROOT, 'docs/library.md'), 'utf8');
    const pieces = [...text.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code);
    expect(pieces.length).toBeGreaterThanOrEqual(3);
    expect(await complaintsOf(pieces)).toEqual([]);
  });
});

const PEOPLE = `
import { importContacts, type Rows } from 'clarky-contacts';
interface Person { readonly email: string; readonly age: number }
declare const list: Person[];
declare const stream: AsyncGenerator<Person>;
const key = 'k';
`;

describe('the rows of an import', () => {
  it('type those that mapRow is given', async () => {
    const pieces = [
      'void importContacts({ rows: list, key, mapRow: (row, at) => ({ ...row, email: row.email.toUpperCase(), at: at.toFixed() }) });',
      'void importContacts({ rows: stream, key, mapRow: async ({ age, ...row }) => (age.toFixed() === "1" ? undefined : row) });',
      'void importContacts({ rows: new Set(list), key, deadline: "06:00", mapRow: ({ email }) => ({ email: email.trim() }) });',
      'void importContacts({ file: "x.csv", key, mapRow: (row) => ({ ...row, Email: String(row.Email) }) });',
      'void importContacts({ rows: Buffer.from(""), key });',
      'void importContacts({ files: ["a.csv", "b"], key, mapping: { Mail: "emails", Sum: { to: "deal_value" } } });',
      'declare const any: Rows; void importContacts({ rows: any, key, mapRow: (row) => ({ email: row.Mail }) });',
      'void importContacts({ rows: [], key });',
      'void importContacts({ rows: Math.random() < 1 ? [{ email: "x" }] : [], key });',
      'declare const either: Buffer | Person[]; void importContacts({ rows: either, key });',
      'declare const objects: object[]; void importContacts({ rows: objects, key, mapRow: (row) => ({ email: row.Mail }) });',
      'const options: Parameters<typeof importContacts>[0] = { rows: [{ Mail: "x" }], key }; void importContacts(options);',
    ];
    expect(await complaintsOf(pieces.map((piece) => PEOPLE + piece))).toEqual([]);
  });

  it('may be of a type that whoever wraps the call leaves open', async () => {
    const pieces = [
      'export const wrap = <T extends object>(rows: T[]) => importContacts({ rows, key });',
      'export const wrap = <T extends Person>(rows: AsyncIterable<T>) => importContacts({ rows, key });',
      'export const wrap = <T extends Record<string, unknown>>(rows: Iterable<T>) => importContacts({ rows, key });',
      'export const wrap = <T extends object>(rows: T[], mapRow: (row: T) => object) => importContacts({ rows, key, mapRow });',
    ];
    expect(await complaintsOf(pieces.map((piece) => PEOPLE + piece))).toEqual([]);
  });

  it('are not taken by the compiler where they can be none', async () => {
    const pieces = [
      'void importContacts({ file: "x.csv", rows: list, key });',
      'void importContacts({ rows: ["ada@example.com"], key });',
      'void importContacts({ rows: new Blob([]).stream(), key });',
      'void importContacts({ rows: [Buffer.from("")], key });',
      'void importContacts({ rows: [1], key });',
      'declare const unknown: unknown[]; void importContacts({ rows: unknown, key });',
      'export const wrap = <T,>(rows: T[]) => importContacts({ rows, key });',
      'export const wrap = <T extends Uint8Array>(rows: T[]) => importContacts({ rows, key });',
      'void importContacts({ rows: list, key, mapRow: (row) => ({ name: row.name }) });',
      'void importContacts({ key });',
      'void importContacts({ file: "x.csv", files: ["y.csv"], key });',
      'void importContacts({ file: "x.csv", key, mapping: { Mail: 7 } });',
    ];
    const complaints = await complaintsOf(pieces.map((piece) => PEOPLE + piece));
    const ofPiece = (at: number): boolean => complaints.some((one) => one.startsWith(`piece-${at + 1}.`));
    expect(pieces.filter((_, at) => !ofPiece(at))).toEqual([]);
  });
});
