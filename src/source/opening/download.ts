/** Fetches an address in place of a file, as bytes to be spooled; loaded only for one. */
import { given } from '../../given.js';
import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import type { Dispatcher } from 'undici';
import { ImporterError } from '../../errors.js';
import { openOutgoing, type Outgoing } from '../../outgoing.js';
import { misnamedProxy, proxyFor } from '../../proxy.js';
import { describeTrouble, socketTrouble } from '../../socket-trouble.js';
import { checkAddress, checkRedirect, downloadAddress, isPrivateIp } from './address.js';
import { addressInWords } from '../../address.js';

const MAX_REDIRECTS = 5;
/** How long a server may take to begin, and between two pieces. */
const HEADERS_TIMEOUT_MS = 30_000;
const BODY_TIMEOUT_MS = 60_000;
const NOT_MODIFIED = 304;

type Found = (error: Error | null, address?: string | LookupAddress[], family?: number) => void;

/** Looks a name up, and gives no private address: what a name means can change between two questions. */
function lookupPublic(hostname: string, options: LookupOptions, found: Found): void {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) {
      found(error);
      return;
    }
    const open = addresses.filter(({ address }) => !isPrivateIp(address));
    const [first] = open;
    if (first === undefined) found(new Error(`${hostname} stands for a private address`));
    else if (options.all === true) found(null, open);
    else found(null, first.address, first.family);
  });
}

/** One way to the address that the user named, who may well mean a private one, and one to where it leads. */
async function wayTo(url: URL, isRedirected: boolean): Promise<Outgoing> {
  const options = {
    headersTimeout: HEADERS_TIMEOUT_MS,
    bodyTimeout: BODY_TIMEOUT_MS,
    maxHeaderSize: 64 * 1024,
    ...(isRedirected ? { connect: { lookup: lookupPublic as never } } : {}),
  };
  const proxy = proxyFor(url.href, {}, process.env);
  if (proxy !== undefined && isRedirected) await requirePublic(url);
  return openOutgoing(proxy, options);
}

/** A proxy looks names up by itself: what this machine knows to be private is not asked of it. */
async function requirePublic(url: URL): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    lookup(url.hostname, { all: true }, (error, addresses) => {
      const isPrivate =
        error === null && addresses.length > 0 && addresses.every(({ address }) => isPrivateIp(address));
      if (isPrivate) reject(unreachable(url, new Error(`${url.hostname} stands for a private address`)));
      else resolve();
    });
  });
}

function unreachable(url: URL, cause: unknown): ImporterError {
  const proxy = proxyFor(url.href, {}, process.env);
  const trouble = socketTrouble(cause, proxy);
  const misnamed = misnamedProxy(proxy, trouble);
  if (misnamed !== undefined) return misnamed;
  const message = cause instanceof Error ? cause.message : String(cause);
  const reason =
    trouble.code === 'unknown' ? `: ${message || 'no answer'}.` : `. ${describeTrouble(trouble, url.host)}`;
  return new ImporterError('unreachable', `${addressInWords(url.href)} can't be fetched${reason}`, {
    next: 'Nothing was sent. Check the address and the network, then run again.',
    cause,
  });
}

function refusal(url: URL, status: number): ImporterError {
  const name = addressInWords(url.href);
  if (status === 404 || status === 410) {
    return new ImporterError('file_not_found', `${name} doesn't exist (${status}).`, { next: 'Check the address.' });
  }
  if (status === 401 || status === 403) {
    return new ImporterError('file_unreadable', `${name} may not be read without signing in (${status}).`, {
      next: 'Share it with everyone who has the link, or download it and import the file.',
    });
  }
  if (status >= 500 || status === 429) return unreachable(url, new Error(`the server answers ${status}`));
  return new ImporterError('file_unreadable', `${name} can't be fetched: the server answers ${status}.`, {
    next: 'Download it in the browser and import the file.',
  });
}

async function ask(url: URL, way: Outgoing, { signal, known }: Asked): Promise<Dispatcher.ResponseData> {
  const headers = {
    accept: '*/*',
    ...given({ 'if-none-match': known?.etag, 'if-modified-since': known?.modified }),
  };
  try {
    return await way.request(url, { signal, headers });
  } catch (error) {
    signal?.throwIfAborted();
    throw unreachable(url, error);
  }
}

/** By what a server knows again what it gave. */
export interface Validators {
  readonly etag?: string;
  /** As `Last-Modified` had it. */
  readonly modified?: string;
}

interface Asked {
  readonly signal?: AbortSignal | undefined;
  /** Asks for what has changed since. */
  readonly known?: Validators | undefined;
}

/** Longer ones are not kept: they stand in the checkpoint after each run. */
const MAX_VALIDATOR_CHARACTERS = 500;

function validatorsOf(headers: Dispatcher.ResponseData['headers']): Validators | undefined {
  const of = (name: string): string | undefined => {
    const value = [headers[name]].flat()[0];
    return value === undefined || value.length > MAX_VALIDATOR_CHARACTERS ? undefined : value;
  };
  const etag = of('etag');
  const modified = of('last-modified');
  // It counts seconds: what changed in the second of the answer may change again in it.
  const isSettled = modified !== undefined && Date.parse(of('date') ?? '') - Date.parse(modified) > 1000;
  if (etag === undefined && !isSettled) return undefined;
  return given({ etag, modified: isSettled ? modified : undefined });
}

interface Answer extends Pick<Dispatcher.ResponseData, 'statusCode' | 'headers' | 'body'> {
  readonly url: URL;
}

/** The one answer that is no redirect; its connection is given up once it was looked at. */
async function* lastAnswer(file: string, asked: Asked): AsyncGenerator<Answer> {
  let url = downloadAddress(checkAddress(file));
  const { origin } = url;
  const ways: Outgoing[] = [];
  try {
    for (let step = 0; step <= MAX_REDIRECTS; step += 1) {
      const way = await wayTo(url, url.origin !== origin);
      ways.push(way);
      const { statusCode, headers, body } = await ask(url, way, asked);
      const location = [headers.location].flat()[0];
      if (statusCode < 300 || statusCode >= 400 || statusCode === NOT_MODIFIED || location === undefined) {
        yield { url, statusCode, headers, body };
        return;
      }
      await body.dump();
      const next = URL.canParse(location, url.href) ? new URL(location, url.href) : undefined;
      if (next === undefined) throw refusal(url, statusCode);
      checkRedirect(url, next);
      url = next;
    }
    throw new ImporterError(
      'file_unreadable',
      `${addressInWords(file)} leads in circles: ${MAX_REDIRECTS} times on to another address.`,
    );
  } finally {
    await Promise.all(ways.map((way) => way.close()));
  }
}

/**
 * The bytes behind an address. Redirects are followed to https: and to public addresses alone.
 * @param onValidators told by what the server will know these bytes again, where it says so
 * @throws ImporterError `usage`, `file_not_found`, `file_unreadable`, `unreachable`; the signal's reason
 */
export async function* download(
  file: string,
  signal?: AbortSignal,
  onValidators: (validators: Validators) => void = () => undefined,
): AsyncGenerator<Buffer> {
  for await (const { url, statusCode, headers, body } of lastAnswer(file, { signal })) {
    if (statusCode !== 200) {
      await body.dump();
      throw refusal(url, statusCode);
    }
    const validators = validatorsOf(headers);
    if (validators !== undefined) onValidators(validators);
    try {
      for await (const chunk of body) yield chunk as Buffer;
    } catch (error) {
      signal?.throwIfAborted();
      throw unreachable(url, error);
    }
  }
}

/**
 * Whether a server says that what is behind an address is still what it gave then. Of another answer nothing is read.
 * @throws ImporterError `usage`, `file_unreadable`, `unreachable`; the signal's reason
 */
export async function isUnchangedSince(file: string, known: Validators, signal?: AbortSignal): Promise<boolean> {
  for await (const { statusCode, body } of lastAnswer(file, { signal, known })) {
    body.on('error', () => undefined).destroy();
    return statusCode === NOT_MODIFIED;
  }
  return false;
}
