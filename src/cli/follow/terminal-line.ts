/**
 * One line at the bottom of a terminal that is written over: drawn at once, each second, and after a change of the window's
 * width. It is gone while the process is stopped (Ctrl-Z) and after `close`.
 */
import { beforeSignalEnds } from '../process/leftovers.js';
import { fitted, widthOf } from '../../wording/width.js';

export interface TerminalLine {
  /** @param draw gives the text for so many columns; '' for none */
  readonly show: (draw: (columns: number) => string) => void;
  /** Takes it away until something is shown again. */
  readonly hide: () => void;
  /** Writes a line above it. */
  readonly say: (text: string) => void;
  readonly close: () => void;
}

const EVERY_MS = 1000;
/** Many contacts a second are not as many repaints. */
const LEAST_MS = 100;

/** @param target a terminal */
export function terminalLine(target: NodeJS.WriteStream): TerminalLine {
  let draw: ((columns: number) => string) | undefined;
  let shownWidth = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  const columns = (): number => (target.columns > 0 ? target.columns : 80);

  const clear = (): void => {
    if (shownWidth === 0) return;
    // In a window that became narrower the terminal has wrapped what was there.
    const above = Math.ceil(shownWidth / columns()) - 1;
    // On the topmost row some terminals keep what is erased to the end of the screen as if it had been scrolled out.
    target.write(above > 0 ? `\r\u001b[${above}A\u001b[J` : '\r\u001b[K');
    shownWidth = 0;
  };
  const paint = (): void => {
    if (draw === undefined) return;
    lastMs = performance.now();
    // The last column stays free: a full line would wrap in some terminals.
    const text = fitted(draw(columns()), columns() - 1);
    clear();
    target.write(text);
    shownWidth = widthOf(text);
  };
  const hide = (): void => {
    clear();
    draw = undefined;
  };
  const onStop = (): void => {
    clear();
    // The handler stands in for the default, so the process stops itself.
    process.kill(process.pid, 'SIGSTOP');
  };

  const close = (): void => {
    hide();
    clearInterval(timer);
    target.off('resize', paint);
    process.off('SIGTSTP', onStop).off('SIGCONT', paint);
    stays();
  };

  // Of a command that a signal simply ends nothing is to be left there either.
  const stays = beforeSignalEnds(hide);
  const timer = setInterval(paint, EVERY_MS);
  timer.unref();
  target.on('resize', paint);
  process.on('SIGTSTP', onStop).on('SIGCONT', paint);
  return {
    show: (next) => {
      const isFirst = draw === undefined;
      draw = next;
      if (isFirst || performance.now() - lastMs >= LEAST_MS) paint();
    },
    say: (text) => {
      clear();
      target.write(`${text}\n`);
      paint();
    },
    hide,
    close,
  };
}
