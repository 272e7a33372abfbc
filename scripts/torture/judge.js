/** Compares what the server holds and saw with what the model says it should. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {import('./model.js').Expected} Expected */
/** @typedef {import('./model.js').History} History */

/** Faults that strike after a write was applied: the importer can't know, and has to send it again. */
const UNSEEN_ANSWERS = new Set(['cut-after', 'cut-mid', 'truncate', 'hang-after']);

/**
 * @param {object[]} stored the sandbox's contacts
 * @param {Expected[]} expected what the files say now
 * @param {History} history
 */
export function judgeContacts(stored, expected, history) {
  const contacts = stored.map(read);
  const timesStored = new Map();
  for (const { identity } of contacts) timesStored.set(identity, (timesStored.get(identity) ?? 0) + 1);
  const wanted = new Set([...expected.map(({ identity }) => identity), ...history.arrived]);
  /** @type {Record<'lost' | 'twice' | 'merged' | 'wrong', string[]>} */
  const complaints = { lost: [], twice: [], merged: [], wrong: [] };
  for (const identity of wanted) if (!timesStored.has(identity)) complaints.lost.push(identity);
  for (const [identity, times] of timesStored) if (times > 1) complaints.twice.push(identity);
  for (const contact of contacts) {
    if (!history.has(contact.identity)) complaints.merged.push(`${contact.identity} is nobody's`);
    const strangers = contact.points.filter((point) => history.has(point) && point !== contact.identity);
    if (strangers.length > 0) complaints.merged.push(`${contact.identity} with ${strangers.join(', ')}`);
  }
  const expectedBy = new Map(expected.map((one) => [one.identity, one]));
  for (const contact of contacts) {
    complaints.wrong.push(...wrongFields(contact, expectedBy.get(contact.identity), history));
  }
  return complaints;
}

function* wrongFields({ identity, fields }, expected, history) {
  for (const [field, value] of Object.entries(fields)) {
    const should = expected?.fields[field] ?? '';
    // A server may join tags to those that were there.
    if (field === 'tags') {
      const there = new Set(value.split(' '));
      if (should.split(' ').every((tag) => there.has(tag) || tag === '')) continue;
    }
    if (should === '' ? history.allows(identity, field, value) : value === should) continue;
    yield `${identity}: ${field} is ${JSON.stringify(value)}, not ${JSON.stringify(should)}`;
  }
}

/** A stored contact in the model's terms: lower-case e-mails, phones as + and digits, white space as one space. */
function read({ internal, tags, ...contact }) {
  const primaryFirst = (points) =>
    [...points].sort((a, b) => Number(b.primary) - Number(a.primary)).map(({ value }) => value);
  const emails = primaryFirst(internal.emails).map((email) => email.trim().toLowerCase());
  const phones = primaryFirst(internal.phoneNumbers).map((phone) => `+${phone.replace(/\D/g, '')}`);
  const text = (value) => (value ?? '').replace(/\s+/g, ' ');
  return {
    identity: emails[0] ?? phones[0] ?? '',
    points: [...emails, ...phones],
    fields: {
      first_name: text(contact.first_name),
      last_name: text(contact.last_name),
      company: text(contact.company),
      job_title: text(contact.job_title),
      notes: text(contact.notes),
      phones: phones.join(' '),
      tags: tags.join(' '),
    },
  };
}

/** So long after it left, a write of which nothing was heard may still land (docs/architecture.md, what may still be in flight). */
export const LONGEST_FLIGHT_MS = 30_000;

/**
 * The writes that Clarky took, and whether each only says again what it had: with reason where nobody heard the answer to
 * the last one, or where something else had left for that contact shortly before it, which may have landed last as far as
 * an importer that was killed in between knows.
 * @param {readonly object[]} requests the sandbox's log
 * @returns {{ n: number, says: string }[]} `something new`, `the same` or `the same with reason`
 */
function takenWrites(requests) {
  const sends = new Map();
  const taken = [];
  for (const { n, atMs, method, body, outcome, fault } of requests) {
    if (method !== 'POST' || body === null) continue;
    const { identity, payload } = sentIn(body);
    const isTaken = outcome === 'created' || outcome === 'updated';
    const earlier = sends.get(identity) ?? [];
    sends.set(identity, [...earlier, { payload, atMs, isTaken, fault }]);
    if (!isTaken) continue;
    const last = earlier.findLast((send) => send.isTaken);
    if (last?.payload !== payload) {
      taken.push({ n, says: 'something new' });
      continue;
    }
    const isDoubted = earlier.some((send) => send.payload !== payload && last.atMs < send.atMs + LONGEST_FLIGHT_MS);
    taken.push({ n, says: isDoubted || UNSEEN_ANSWERS.has(last.fault) ? 'the same with reason' : 'the same' });
  }
  return taken;
}

/** How often Clarky was sent what it already had from the last write of that contact, without a reason. */
export const countSentAgain = (requests) => takenWrites(requests).filter(({ says }) => says === 'the same').length;

/** How many of the writes behind so many requests a run with nothing to do had no reason for. */
export const countNeedless = (requests, after) =>
  takenWrites(requests).filter(({ n, says }) => n > after && says !== 'the same with reason').length;

function sentIn({ emails, phone_numbers: phones, ...rest }) {
  const values = (points) =>
    (points ?? []).map((point) => (typeof point === 'string' ? point : (point.email ?? point.phone_number)));
  return {
    identity: values(emails)[0] ?? values(phones)[0],
    payload: JSON.stringify([values(emails), values(phones), Object.entries(rest).sort()]),
  };
}

/** What should not be among the files of the runs, or in them: the kind of fault, and what. @returns {Generator<[string, string]>} */
export function* judgeFiles(folder, { bystanders, history, key }) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const secrets = [...history.identities].map((identity) => identity.replace(/^\+44/, '').split('@')[0]);
  for (const path of bystanders.touched()) yield ['touched', path];
  for (const { name, parentPath } of files) {
    if (bystanders.has(join(parentPath, name))) continue;
    if (name.includes('.lock-') || name.endsWith('.tmp')) yield ['leftBehind', name];
    if (name.endsWith('one.csv') || name.endsWith('other.csv')) continue;
    const text = readFileSync(join(parentPath, name), 'utf8');
    if ((text + parentPath + name).includes(key)) yield ['leaks', `the key is in ${name}`];
    if (!name.endsWith('.jsonl')) continue;
    const lower = text.toLowerCase();
    const found = secrets.find((secret) => lower.includes(secret));
    if (found !== undefined) yield ['leaks', `${found} is in ${name}`];
  }
}

/** What is wrong with a printed summary; undefined where its books balance. @param {Record<string, number>} summary */
export function bookkeepingError(summary) {
  const books = ['created', 'updated', 'unchanged', 'merged', 'rejected', 'pending'];
  const sum = books.reduce((total, book) => total + summary[book], 0);
  if (sum !== summary.rows) return `the books don't balance: ${JSON.stringify(summary)}`;
  return books.some((book) => summary[book] < 0) ? `a negative count: ${JSON.stringify(summary)}` : undefined;
}
