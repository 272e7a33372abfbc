import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
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
  const frame = useRef<HTMLDivElement>(null);
  const isWider = useIsWider(frame);
  return (
    <>
      {isWider && <p class="facts sideways">More columns stand to the right: scroll the table sideways.</p>}
      <div class={isTall ? 'scroll tall' : 'scroll'} tabIndex={0} role="region" aria-label={label} ref={frame}>
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
    </>
  );
}

/** Whether what is in a frame is wider than the frame, whatever the window becomes. */
function useIsWider(frame: RefObject<HTMLDivElement | null>): boolean {
  const [isWider, setIsWider] = useState(false);
  useEffect(() => {
    const { current } = frame;
    if (current === null) return;
    const watch = new ResizeObserver(() => setIsWider(current.scrollWidth > current.clientWidth + 1));
    for (const one of [current, ...current.children]) watch.observe(one);
    return () => watch.disconnect();
  }, []);
  return isWider;
}

/** The line of a row, as its name. */
export function Line({ of }: { of: ComponentChildren }) {
  return (
    <th scope="row" class="number">
      {of}
    </th>
  );
}
