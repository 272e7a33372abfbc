import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLoopbackHost } from './http/incoming.js';
import type { LoggedRequest } from './request-log.js';
import type { Sandbox, SandboxContact } from './running-sandbox.js';
import { TEXT_FIELDS } from './wire.js';

/** A page that one looks at, not a dump: the newest of each. */
const SHOWN = 100;

const STYLE = `
:root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif }
body { margin: 2rem auto; max-width: 84rem; padding: 0 1rem }
h1 { font-size: 1.3rem } h2 { font-size: 1.05rem; margin-top: 2rem }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .2rem .6rem .2rem 0; border-bottom: 1px solid #8884; vertical-align: top }
th { white-space: nowrap } td { min-width: 4rem; max-width: 20rem; overflow-wrap: break-word }
td:has(div) { min-width: 14rem }
.bad { color: #c22 } i { opacity: .7 } .wide { overflow-x: auto }`;

/**
 * The page at `/`: figures, the newest contacts and requests, anew every two seconds. It runs no script, needs no key
 * and is answered to loopback alone, like the control calls.
 */
export async function page(
  request: IncomingMessage,
  response: ServerResponse,
  sandbox: Pick<Sandbox, 'contacts' | 'requests' | 'stats' | 'url'>,
): Promise<void> {
  request.resume();
  const isOurs = isLoopbackHost(request.headers.host);
  response.writeHead(isOurs ? 200 : 400, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'cache-control': 'no-store',
  });
  response.end(isOurs ? html(sandbox) : 'This request is not for the sandbox.');
}

function html(sandbox: Pick<Sandbox, 'contacts' | 'requests' | 'stats' | 'url'>): string {
  const { writes, reads, created, updated, throttled, faulted, peakWindow, contacts } = sandbox.stats();
  const figures: [string, number][] = [
    ['contacts', contacts],
    ['writes', writes],
    ['reads', reads],
    ['created', created],
    ['updated', updated],
    ['over the limit (429)', throttled],
    ['faults', faulted],
    ['most writes in one window', peakWindow],
  ];
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Clarky sandbox</title>
<meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="2"><style>${STYLE}</style>
<h1>A sandbox of Clarky at ${escaped(sandbox.url)}</h1>
${table([...figures.map(([name]) => name)], [figures.map(([, figure]) => escaped(figure))])}
<h2>Contacts, newest first</h2>
${table(
  ['id', 'name', 'company', 'emails', 'phones', 'tags', 'other fields', 'written'],
  sandbox.contacts().slice(-SHOWN).reverse().map(contactCells),
)}
<h2>Requests, newest first</h2>
${table(
  ['n', 'time', 'request', 'status', 'did', 'fault', 'key'],
  sandbox.requests.slice(-SHOWN).reverse().map(requestCells),
)}</html>
`;
}

/** A text of a contact is read, not measured: a page of notes would hide the others. */
const TEXT_SHOWN = 200;

function contactCells(contact: SandboxContact): string[] {
  const { id, first_name: first, last_name: last, company, tags, internal } = contact;
  const values = (points: readonly { value: string }[]): string => points.map(({ value }) => value).join(', ');
  const cells = [
    id,
    `${first ?? ''} ${last ?? ''}`,
    company ?? '',
    values(internal.emails),
    values(internal.phoneNumbers),
    tags.join(', '),
  ].map(escaped);
  return [...cells, otherFields(contact), escaped(`${String(internal.writes)} x`)];
}

/** What has no column of its own: each field that holds something, and each custom field by its key. */
function otherFields(contact: SandboxContact): string {
  const fields: [string, unknown][] = [...OTHER_FIELDS.map((name): [string, unknown] => [name, contact[name]])];
  return [...fields, ...Object.entries(contact.custom_fields)]
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      const isLong = text.length > TEXT_SHOWN;
      return `<div><i>${escaped(name)}</i> ${escaped(isLong ? `${text.slice(0, TEXT_SHOWN)}…` : text)}</div>`;
    })
    .join('');
}

const OF_THEIR_OWN: ReadonlySet<string> = new Set(['first_name', 'last_name', 'company']);
const OTHER_FIELDS = [...TEXT_FIELDS.filter((name) => !OF_THEIR_OWN.has(name)), 'deal_value'] as const;

function requestCells({ n, atMs, method, path, status, outcome, fault, key }: LoggedRequest): string[] {
  const time = new Date(atMs).toISOString().slice(11, 23);
  const shown = status ?? 'no answer';
  const cells = [n, time, `${method} ${path}`, shown, outcome ?? '', fault ?? '', key].map(escaped);
  return cells.map((cell, column) => (column === 3 && !(Number(shown) < 400) ? `<b class="bad">${cell}</b>` : cell));
}

/** Cells are HTML already. */
function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '<p>None yet.</p>';
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n');
  return `<div class="wide"><table><tr>${heads.map((head) => `<th>${escaped(head)}</th>`).join('')}</tr>\n${body}</table></div>`;
}

function escaped(text: string | number): string {
  return String(text).replace(/[&<>"']/gu, (c) => `&#${String(c.charCodeAt(0))};`);
}
