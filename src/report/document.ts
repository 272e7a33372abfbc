/**
 * The report as one file: no script, nothing loaded, one style. Its parts stand between comments, so that verify and undo can
 * add theirs to what an import wrote. Pure.
 */
import { element, toHtml, type Element } from './markup.js';
import { REPORT_STYLE } from './style.js';

export type PartName = 'import' | 'verify' | 'undo';

export interface Part {
  readonly name: PartName;
  readonly content: Element;
  /** True where values of the file are in it. */
  readonly hasData: boolean;
  /** What earlier parts say is to be done next is done, or is so no more. */
  readonly endsNext?: boolean;
}

/** By this a report is known as ours. */
const GENERATOR = '<meta name="generator" content="clarky-contacts report">';
const PARTS: readonly PartName[] = ['undo', 'verify', 'import'];
const DATA_MARK = 'data-holds="values"';

/** True for a file that may be written over. */
export function isReport(text: string): boolean {
  return text.startsWith('<!doctype html>') && text.slice(0, 2000).includes(GENERATOR);
}

/**
 * A report with this part in it.
 * @param earlier the report that is there; a new import starts a new one
 */
export function reportDocument(part: Part, file: string, earlier: string | undefined): string {
  const before = part.name === 'import' || earlier === undefined ? [] : partsOf(earlier);
  const others = before.filter(([name]) => name !== part.name);
  const attributes = part.hasData ? ' data-holds="values"' : '';
  const added = `<div class="part"${attributes}>${toHtml(part.content)}</div>`;
  const kept = others.map(([name, text]): [PartName, string] => [
    name,
    part.endsNext === true ? withoutNext(text) : text,
  ]);
  // What came last stands first.
  const parts: readonly [PartName, string][] = [[part.name, added], ...kept];
  const body = parts.map(([name, text]) => `<!--part:${name}-->${text}<!--/part:${name}-->`);
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    GENERATOR,
    toHtml(element('title', {}, `${file}: import into Clarky`)),
    `<style>${REPORT_STYLE}</style>`,
    '</head>',
    '<body>',
    '<main>',
    ...(body.some((text) => text.includes(DATA_MARK)) ? [toHtml(WARNING)] : []),
    ...body,
    '</main>',
    toHtml(
      element('footer', {}, 'Written by clarky-contacts on this machine. Nothing in it is loaded from elsewhere.'),
    ),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

const WARNING = element(
  'p',
  { class: 'warning', role: 'note' },
  'This report holds personal data: values from the file. Mind whom you send it to.',
);

/** Texts are escaped, so no value can look like one of the comments. */
function partsOf(text: string): [PartName, string][] {
  const found = PARTS.flatMap((name) => {
    const start = text.indexOf(`<!--part:${name}-->`);
    const end = text.indexOf(`<!--/part:${name}-->`);
    return start < 0 || end < start
      ? []
      : [{ name, start, text: text.slice(start + `<!--part:${name}-->`.length, end) }];
  });
  return found.sort((a, b) => a.start - b.start).map(({ name, text: part }) => [name, part]);
}

/** No section holds another. */
function withoutNext(part: string): string {
  return part.replace(/<section class="steps">.*?<\/section>/s, '');
}
