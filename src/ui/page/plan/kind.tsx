import type { ComponentChildren } from 'preact';
import { Plain } from '../parts/markup.js';

/** One kind of what is said of rows: how many there are, its title, and what belongs to it. */
export function Kind({ count, title, children }: { count: number; title: string; children: ComponentChildren }) {
  return (
    <li>
      <b class="count">{count.toLocaleString('en-US')}</b>
      <div>
        <b>
          <Plain text={title} />
        </b>
        {children}
      </div>
    </li>
  );
}
