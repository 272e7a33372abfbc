/** Flags of V8 that are set while it runs, in the command line alone: a program that imports this as a library has its own. */
import { setFlagsFromString } from 'node:v8';

/** The newest major version of Node on which they were tried: a V8 that does not know one would say so with every command. */
const NEWEST_TRIED = 24;

/**
 * Sets one. Once any is set, V8 takes none of the code that node has compiled of its own modules, so that those that a command needs
 * are to be loaded by then.
 * @public scripts/bundle.js calls it, too
 */
export function setV8Flag(flag: string): void {
  if (Number.parseInt(process.versions.node, 10) <= NEWEST_TRIED) setFlagsFromString(flag);
}

/** What takes less has nothing to gain. */
const LONG_RUN_MS = 1000;

/**
 * Lets the heap of a long run grow by smaller steps. V8 lets what is no longer needed pile up to as much again as what is: of a
 * million rows that are unchanged 60 MB, for nothing, since collecting it in time takes no more CPU.
 */
export function keepHeapSmall(): void {
  setTimeout(() => setV8Flag('--heap-growing-percent=40'), LONG_RUN_MS).unref();
}
