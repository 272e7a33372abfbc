/** Addresses in place of a file: what is fetched for them, where that may lead, what messages and state files call them. */
import { isIP } from 'node:net';
import { ImporterError } from '../../errors.js';
import { isLoopback } from '../../endpoint.js';
import { addressInWords, percentDecoded } from '../../address.js';

/** The name under which an address keeps its state, where none is given: the last part of it that says something. */
export function addressName(file: string): string {
  if (!URL.canParse(file)) return 'download';
  const { hostname, pathname, searchParams, hash } = new URL(file);
  const sheet = /^\/spreadsheets\/d\/(?:e\/)?([\w-]+)/.exec(pathname)?.[1];
  const gid = searchParams.get('gid') ?? /gid=(\d+)/.exec(hash)?.[1];
  const last = pathname
    .split('/')
    .filter((part) => part !== '')
    .at(-1);
  const name = sheet === undefined ? (last ?? hostname) : `sheet-${sheet}${gid === undefined ? '' : `-${gid}`}`;
  return (
    percentDecoded(name)
      .replace(/[^\p{L}\p{N}._-]+/gu, '-')
      .replace(/^[.-]+/, '')
      .slice(0, 100) || 'download'
  );
}

/** Forms in which a published Google Sheet is a table. */
const PUBLISHED_FORMS: ReadonlySet<string> = new Set(['csv', 'tsv', 'xlsx', 'ods']);

function googleSheet(url: URL): URL | undefined {
  const gid = url.searchParams.get('gid') ?? /gid=(\d+)/.exec(url.hash)?.[1];
  const tab = gid === undefined ? '' : `&gid=${gid}`;
  const published = /^(\/spreadsheets\/(?:u\/\d+\/)?d\/e\/[\w-]+)\/pub(?:html)?\/?$/.exec(url.pathname)?.[1];
  if (published !== undefined) {
    if (PUBLISHED_FORMS.has(url.searchParams.get('output') ?? '')) return undefined;
    const single = gid === undefined ? '' : '&single=true';
    return new URL(`https://docs.google.com${published}/pub?output=csv${tab}${single}`);
  }
  const sheet =
    /^\/spreadsheets\/(?:u\/\d+\/)?d\/([\w-]+)(?:\/(?:edit|view|htmlview|copy|preview|mobilebasic)?(?:\/.*)?)?$/.exec(
      url.pathname,
    )?.[1];
  if (sheet === undefined || sheet === 'e') return undefined;
  return new URL(`https://docs.google.com/spreadsheets/d/${sheet}/export?format=csv${tab}`);
}

function withParameter(url: URL, name: string, value: string): URL {
  const direct = new URL(url);
  direct.searchParams.set(name, value);
  return direct;
}

/** What gives the table itself, where a link leads to a page about it, by its host. */
const DIRECT: readonly (readonly [host: RegExp, direct: (url: URL) => URL | undefined])[] = [
  [/^docs\.google\.com$/, googleSheet],
  [
    /^drive\.google\.com$/,
    ({ pathname, searchParams }) => {
      const id =
        /^\/file\/(?:u\/\d+\/)?d\/([\w-]+)/.exec(pathname)?.[1] ??
        (pathname === '/open' ? searchParams.get('id') : null);
      return id === null
        ? undefined
        : new URL(`https://drive.google.com/uc?export=download&id=${encodeURIComponent(id)}`);
    },
  ],
  [
    /^onedrive\.live\.com$/,
    (url) => {
      const isPage = /^\/(?:embed|redir|view\.aspx|edit\.aspx)$/i.test(url.pathname);
      // Both are what the page itself hands on to the download.
      const isWhole = url.searchParams.has('resid') && url.searchParams.has('authkey');
      return isPage && isWhole ? new URL(`/download${url.search}`, url) : undefined;
    },
  ],
  [/^(?:www\.)?dropbox\.com$/, (url) => withParameter(url, 'dl', '1')],
  [
    /^(?:www\.)?github\.com$/,
    ({ pathname }) => {
      const file = /^\/([^/]+\/[^/]+)\/(?:blob|raw)\/(.+)$/.exec(pathname);
      return file === null ? undefined : new URL(`https://raw.githubusercontent.com/${file[1]}/${file[2]}`);
    },
  ],
  [
    /(?:^|\.)gitlab\.com$/,
    (url) => (url.pathname.includes('/-/blob/') ? new URL(url.href.replace('/-/blob/', '/-/raw/')) : undefined),
  ],
  [
    /\.sharepoint\.com$/,
    (url) => (/^\/:[a-z]:\//.test(url.pathname) ? withParameter(url, 'download', '1') : undefined),
  ],
];

/** What gives the table itself: the CSV export of a Google Sheet, the file behind a shared link of Dropbox or GitHub. */
export function downloadAddress(url: URL): URL {
  return DIRECT.find(([host]) => host.test(url.hostname))?.[1](url) ?? url;
}

/** Networks that are nobody's business from outside: loopback, private, link-local, shared, multicast, reserved; IPv4 inside IPv6. */
const PRIVATE_V4 =
  /^(?:0|10|127)\.|^169\.254\.|^192\.168\.|^192\.0\.0\.|^172\.(?:1[6-9]|2\d|3[01])\.|^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|^198\.1[89]\.|^2(?:2[4-9]|[345]\d)\./;
const PRIVATE_V6 = /^(?:::(?:1|[\da-f]{1,4}:[\da-f]{1,4}|[\d.]{7,15})?$|f[cd]|fe[89a-f]|ff|64:ff9b:|2002:|2001:0?:)/i;

/** True for an IP address that no list of contacts is published at. */
export function isPrivateIp(ip: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined) return PRIVATE_V4.test(mapped);
  if (isIP(ip) === 4) return PRIVATE_V4.test(ip);
  return PRIVATE_V6.test(ip) || /^::ffff:/i.test(ip);
}

/** @throws ImporterError `usage` for an address that is not fetched */
export function checkAddress(file: string): URL {
  const refuse = (why: string, next: string): ImporterError =>
    new ImporterError('usage', `${addressInWords(file)} ${why}.`, { next });
  if (!URL.canParse(file)) throw refuse('is no address', 'Give it whole, as https://example.com/contacts.csv.');
  const url = new URL(file);
  if (url.username !== '' || url.password !== '') {
    throw refuse('holds a user name or password', 'Download the file and import that.');
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw refuse('is http:, by which anybody on the way can read and change the contacts', 'Use https:.');
  }
  return url;
}

/** Whether a server that was asked may send us on to another address: never to a private one, unless it is itself. */
export function checkRedirect(from: URL, to: URL): void {
  const host = to.hostname.replace(/^\[|\]$/g, '');
  const isPrivate = isLoopback(to.hostname.replace(/\.$/, '')) || (isIP(host) !== 0 && isPrivateIp(host));
  if (to.origin === from.origin) return;
  if (to.protocol === 'https:' && !isPrivate) return;
  throw new ImporterError(
    'file_unreadable',
    `${addressInWords(from.href)} leads to ${addressInWords(to.href)}, which is not followed: ${isPrivate ? 'it is a private address' : 'it is not https:'}.`,
    { next: 'Give the address of the file itself.' },
  );
}
