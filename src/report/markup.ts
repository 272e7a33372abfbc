/**
 * Drawings and pages as trees: the report writes them as text, the page makes its elements of them. Whatever a file holds is
 * a text or the value of an attribute here, and escaped in this one place.
 */
import { printable } from '../wording/printable.js';

export interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly Markup[];
}

export type Markup = Element | string;

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element; attributes and children that are undefined are left out. */
export function element(tag: string, attributes: Attributes = {}, ...children: (Markup | undefined)[]): Element {
  return {
    tag,
    attributes: Object.fromEntries(
      Object.entries(attributes).filter((pair): pair is [string, string | number] => pair[1] !== undefined),
    ),
    children: children.filter((child) => child !== undefined),
  };
}

const VOID = new Set(['meta', 'br', 'link']);

/** The text of a tree. */
export function toHtml(markup: Markup): string {
  if (typeof markup === 'string') return escaped(markup);
  const { tag, attributes, children } = markup;
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(String(value))}"`);
  const open = `<${tag}${written.join('')}>`;
  return VOID.has(tag) ? open : `${open}${children.map(toHtml).join('')}</${tag}>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
