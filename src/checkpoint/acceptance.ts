/** An accepted fact with its digests as bytes. */
import type { Contact } from '../contact/contact.js';
import { DIGEST_BYTES } from '../contact/identity.js';
import { keptBackDigest } from '../contact/payload.js';
import { textOf } from '../storage/lines.js';
import { DIGEST_CHARACTERS } from './facts/digests.js';
import type { Written } from './facts/lately.js';
import type { Fact } from './format.js';
import { bytesOf } from './points.js';

type LedElsewhere = Extract<Fact, { kind: 'accepted' }>['ledElsewhere'];

/** A contact as a plan has it: what is sent, under which identity, with which digest. */
export interface Sendable {
  readonly contact: Contact;
  /** 16 bytes, as the payload has. */
  readonly identity: Uint8Array;
  readonly payload: Uint8Array;
}

/** An accepted fact with its digests as bytes: the form that a load of a million lines takes. */
export interface Acceptance {
  readonly identity: Uint8Array;
  readonly payload: Uint8Array;
  /** The other e-mails and phones, 16 bytes each, one behind the other. */
  readonly points: Uint8Array;
  /** Whether the line tells its name as well (names-of-points.ts). */
  readonly hasNames: boolean;
  readonly id: string | undefined;
  /** Whether Clarky finds it by an e-mail or phone that is not this identity, or by its e-mails alone. */
  readonly ledElsewhere: LedElsewhere;
  /** When Clarky wrote it last, where it said so. */
  readonly written: Written | undefined;
}

export function acceptanceOf(fact: Extract<Fact, { kind: 'accepted' }>): Acceptance {
  const { identity, payload, points = '', names, id, ledElsewhere, written } = fact;
  return {
    ...{ identity: bytesOf(identity), payload: bytesOf(payload), points: bytesOf(points) },
    ...{ hasNames: names !== undefined, id, ledElsewhere, written },
  };
}

/** As what a payload may have been accepted. @param keepsExisting but for what Clarky was to keep */
export function acceptedAs(payload: Uint8Array, keepsExisting: boolean): Uint8Array[] {
  return keepsExisting ? [payload, keptBackDigest(payload)] : [payload];
}

/** The fixed beginning of an accepted fact: `{"k":"<22>","p":"<22>"`. */
const BEGINNING = '{"k":"';
const IDENTITY_AT = BEGINNING.length;
const BETWEEN = '","p":"';
const PAYLOAD_AT = IDENTITY_AT + DIGEST_CHARACTERS + BETWEEN.length;
const REST_AT = PAYLOAD_AT + DIGEST_CHARACTERS + 1;
const ID = ',"id":"';
const POINTS = ',"c":"';
const NAMES = ',"w":"';
const LED_ELSEWHERE = ',"l":true';
const LED_BY_EMAIL = ',"l":"by e-mail"';
/** The last of a line, and numbers. */
const ADDED = ',"a":';
const WRITTEN = ',"u":';
const AHEAD = ',"d":';

/**
 * Reads an accepted fact as `formatFact` writes it without JSON.parse, several times as fast; undefined for any other line.
 * What it gives is good until the next one.
 */
export function acceptanceReader(): (text: string) => Acceptance | undefined {
  const identity = Buffer.alloc(DIGEST_BYTES);
  const payload = Buffer.alloc(DIGEST_BYTES);
  let points = Buffer.alloc(DIGEST_BYTES);
  return (text) => {
    if (!text.startsWith(BEGINNING) || !text.startsWith(BETWEEN, IDENTITY_AT + DIGEST_CHARACTERS)) return undefined;
    let at = REST_AT;
    const take = (key: string): string | undefined => {
      if (!text.startsWith(key, at)) return undefined;
      const from = at + key.length;
      const end = text.indexOf('"', from);
      at = end + 1;
      return text.slice(from, end);
    };
    const id = take(ID);
    const digests = take(POINTS) ?? '';
    const names = take(NAMES) ?? '';
    let ledElsewhere: LedElsewhere;
    if (text.startsWith(LED_ELSEWHERE, at)) [ledElsewhere, at] = [true, at + LED_ELSEWHERE.length];
    else if (text.startsWith(LED_BY_EMAIL, at)) [ledElsewhere, at] = ['by e-mail', at + LED_BY_EMAIL.length];
    const takeNumber = (key: string): number | undefined => {
      if (!text.startsWith(key, at)) return undefined;
      const from = at + key.length;
      const comma = text.indexOf(',', from);
      at = comma < 0 ? text.length - 1 : comma;
      return Number(text.slice(from, at));
    };
    takeNumber(ADDED);
    const [atMs, aheadMs] = [takeNumber(WRITTEN), takeNumber(AHEAD)];
    const isWhole = at === text.length - 1 && text.endsWith('}') && digests.length % DIGEST_CHARACTERS === 0;
    // A contact id with a backslash in it, or one that is not ASCII, is for JSON.parse.
    if (!isWhole || text.includes('\\')) return undefined;
    identity.write(text.slice(IDENTITY_AT, IDENTITY_AT + DIGEST_CHARACTERS), 'base64url');
    payload.write(text.slice(PAYLOAD_AT, PAYLOAD_AT + DIGEST_CHARACTERS), 'base64url');
    const bytes = (digests.length / DIGEST_CHARACTERS) * DIGEST_BYTES;
    if (bytes > points.length) points = Buffer.alloc(bytes);
    for (let n = 0; n * DIGEST_CHARACTERS < digests.length; n++) {
      const from = n * DIGEST_CHARACTERS;
      points.write(digests.slice(from, from + DIGEST_CHARACTERS), n * DIGEST_BYTES, 'base64url');
    }
    return {
      identity,
      payload,
      points: points.subarray(0, bytes),
      hasNames: names !== '',
      id: id === undefined ? undefined : textOf(id),
      ledElsewhere,
      written: atMs === undefined || aheadMs === undefined ? undefined : { atMs, aheadMs },
    };
  };
}
