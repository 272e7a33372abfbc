/** That a folder has a page already: said in the terminal, and on the page. Pure. */

/** @param address of that page @param pid the process that serves it */
export function otherPageInWords(address: string, pid: number): string {
  return `Another page of this folder is open, at ${address} (process ${pid}). Go on with either: what one does the other shows, and a file is sent by one at a time.`;
}
