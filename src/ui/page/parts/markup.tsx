import { h, type VNode } from 'preact';
import type { Markup } from '../../../report/markup.js';
import { printable } from '../../../wording/printable.js';

/** A drawing of the report as elements of the page. */
export function Drawing({ of }: { of: Markup }) {
  return <>{nodeOf(of)}</>;
}

function nodeOf(markup: Markup): VNode | string {
  if (typeof markup === 'string') return printable(markup);
  const { tag, attributes, children } = markup;
  return h(tag, attributes, ...children.map(nodeOf));
}

/** Text from a file: control and bidi characters are shown, not obeyed. */
export function Plain({ text }: { text: string }) {
  return <>{printable(text)}</>;
}
