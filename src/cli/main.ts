#!/usr/bin/env node
// Nothing else is loaded before the version is known: an old Node would stop at the first thing that it does not know.
const [major = 0, minor = 0, patch = 0] = process.versions.node.split('.').map(Number);
const isOld = major < 20 || (major === 20 && (minor < 18 || (minor === 18 && patch < 1)));
if (isOld) {
  process.stderr.write(
    `clarky-contacts needs Node.js 20.18.1 or newer, and this is ${process.versions.node}: see https://nodejs.org\n`,
  );
  process.exitCode = 2;
} else {
  // Nothing is waited for at the top: Node 12 can't, and could not say that it is too old. What waits for something that never
  // comes ends by itself without it, and must not end as if all were well.
  let isOver = false;
  process.on('exit', (code) => {
    if (!isOver && code === 0) process.exitCode = 1;
  });
  void import('./program.js')
    .then(({ keepHeapSmall, main }) => {
      keepHeapSmall();
      return main(process.argv.slice(2));
    })
    .catch((error: unknown) => {
      // So few files may be open that not even the program can be read: what says so otherwise is a part of it.
      if (!(error instanceof Error && 'code' in error && (error.code === 'EMFILE' || error.code === 'ENFILE')))
        throw error;
      process.stderr.write(
        'clarky-contacts: Too many files are open.\n  Allow more open files: ulimit -n 256, then run the same command again.\n',
      );
      process.exitCode = 2;
    })
    .finally(() => {
      isOver = true;
    });
}

export {};
