/** The sandbox's own flags: each text to its typed option, each refusal one sentence. */
import { InvalidArgumentError } from 'commander';
import { FAULT_KINDS, type FaultKind, type FaultSettings, type OutageSettings } from '../../../sandbox/faults.js';
import type { LatencyOptions } from '../../../sandbox/options.js';
import type { RateRule } from '../../../sandbox/limits/rate-counter.js';
import { parseDuration } from './parse-values.js';

/** `60/60`: calls per seconds. `0` or `off` for no limit. */
export function parseLimit(text: string): RateRule {
  if (text === '0' || text === 'off') return { limit: 0, windowMs: 60_000 };
  const match = /^(\d+)\/(\d+(?:\.\d+)?)$/u.exec(text.trim());
  const windowMs = Number(match?.[2]) * 1000;
  if (!match || !(windowMs > 0)) {
    throw new InvalidArgumentError('It is written CALLS/SECONDS, for example 60/60, or 0 for no limit.');
  }
  return { limit: Number(match[1]), windowMs };
}

/** `40-100` or `40`, in milliseconds. */
export function parseLatency(text: string): LatencyOptions {
  const match = /^(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?$/u.exec(text.trim());
  const minMs = Number(match?.[1]);
  const maxMs = Number(match?.[2] ?? match?.[1]);
  if (!match || maxMs < minMs) {
    throw new InvalidArgumentError('It is written MIN-MAX in milliseconds, for example 40-100.');
  }
  return { minMs, maxMs };
}

/** A number from 0 to 1. */
export function parseShare(text: string): number {
  const share = Number(text);
  if (text.trim() === '' || !(share >= 0 && share <= 1)) throw new InvalidArgumentError('It is a number from 0 to 1.');
  return share;
}

/** `500=0.05,cut-before=0.02`: the chance of each kind for each request. */
export function parseFaultChances(text: string): NonNullable<FaultSettings['probabilities']> {
  const chances: Partial<Record<FaultKind, number>> = {};
  for (const item of text.split(',')) {
    const [kind = '', chance = ''] = item.split('=').map((part) => part.trim());
    chances[faultKind(kind)] = parseShare(chance);
  }
  return chances;
}

/** `12:hang,30:500`: certain faults at certain requests. */
export function parseFaultsAt(text: string): NonNullable<FaultSettings['at']> {
  return text.split(',').map((item) => {
    const match = /^\s*([1-9]\d*):(.*)$/u.exec(item);
    if (!match) throw new InvalidArgumentError('It is written REQUEST:KIND, for example 12:hang,30:500.');
    return { request: Number(match[1]), kind: faultKind((match[2] ?? '').trim()) };
  });
}

/** `ann@x.com=422,bob@x.com=hang`: certain faults for certain contacts. */
export function parseFaultsFor(text: string): NonNullable<FaultSettings['forEmail']> {
  return Object.fromEntries(
    text.split(',').map((item) => {
      const [email = '', kind = ''] = item.split('=').map((part) => part.trim());
      return [email, faultKind(kind)];
    }),
  );
}

/** `20:5s` from request 20 for five seconds; `10s:1m:refuse` after ten seconds for a minute, connections refused. */
export function parseOutage(text: string): OutageSettings {
  const match = /^([^:]+):([^:]+?)(?::(503|refuse))?$/u.exec(text.trim());
  if (!match) {
    throw new InvalidArgumentError('It is written START:DURATION or START:DURATION:refuse, for example 20:5s.');
  }
  const [, start = '', duration = '', as = '503'] = match;
  const begins = /^[1-9]\d*$/u.test(start) ? { fromRequest: Number(start) } : { afterMs: parseDuration(start) };
  return { ...begins, forMs: parseDuration(duration), as: as === 'refuse' ? 'refuse' : '503' };
}

/** A port, 0 for one that is free. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/u.test(text.trim()) || port > 65_535) throw new InvalidArgumentError('It is a port, from 0 to 65535.');
  return port;
}

/** A key: something without spaces. */
export function parseKey(text: string): string {
  if (!/^\S+$/u.test(text)) throw new InvalidArgumentError('A key is not blank and has no space in it.');
  return text;
}

/** A bot id, repeatable. */
export function collectBot(text: string, earlier: readonly string[] = []): string[] {
  if (!/^\S+$/u.test(text)) throw new InvalidArgumentError('A bot id is not blank and has no space in it.');
  return [...earlier, text];
}

function faultKind(text: string): FaultKind {
  const kind = FAULT_KINDS.find((known) => known === text);
  if (kind === undefined) {
    throw new InvalidArgumentError(`There is no fault "${text}"; there are ${FAULT_KINDS.join(', ')}.`);
  }
  return kind;
}
