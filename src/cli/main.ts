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
  const { main } = await import('./program.js');
  await main(process.argv.slice(2));
}

export {};
