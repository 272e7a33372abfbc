/** What each exit status means, as `--help` shows it; the test of the contract compares it with src/errors.ts. */
export const EXIT_HELP = `
Exit status:
  0  every row is in Clarky
  1  internal error: a bug
  2  usage or configuration; nothing was sent
  3  finished, but some rows were rejected (they are in the rejects file)
  4  Clarky refuses us (key, bot, URL, or every row the same way), or a guard
     stopped the run; the rest is pending
  5  Clarky can't be reached or keeps failing, or the disk fails; run again
  6  another import is using this checkpoint
  7  the deadline was reached; run again to go on
  130, 143  stopped by SIGINT, SIGTERM; run again to go on`;
