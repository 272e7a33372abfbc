import type { ComponentChildren } from 'preact';
import { Plain } from './markup.js';

/** The name of a column; of one with numbers it stands at the right. */
export type Heading = string | { readonly number: string };

/** A table in a frame of its own, which scrolls where the table is wider, by keyboard as well. */
export function Table({
  label,
  kind = '',
  isTall = false,
  head,
  children,
}: {
  /** What it is called for those who do not see it. */
  label: string;
  kind?: string;
  isTall?: boolean;
  head: readonly Heading[];
  /** The rows. */
  children: ComponentChildren;
}) {
  return (
    <div class={isTall ? 'scroll tall' : 'scroll'} tabIndex={0} role="region" aria-label={label}>
      <table class={kind}>
        <thead>
          <tr>
            {head.map((name, at) =>
              typeof name === 'string' ? (
                <th scope="col" key={at}>
                  <Plain text={name} />
                </th>
              ) : (
                <th scope="col" class="number" key={at}>
                  {name.number}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** The line of a row, as its name. */
export function Line({ of }: { of: ComponentChildren }) {
  return (
    <th scope="row" class="number">
      {of}
    </th>
  );
}
