// Writes the door for CommonJS, dist/index.cjs and its types: it is the ES module itself, required, so that there is one
// of everything in a process, however it came in.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const DIST = new URL('../dist/', import.meta.url);
const library = await import(new URL('index.js', DIST).href);

/** Names that are values; a class is a type as well. */
const names = Object.keys(library).sort();
const isClass = (name) => typeof library[name] === 'function' && /^class\b/.test(String(library[name]));

const LOADER = `'use strict';
let library;
try {
  library = require('./index.js');
} catch (error) {
  if (error.code !== 'ERR_REQUIRE_ESM') throw error;
  const says = "clarky-contacts is an ES module, which this Node can't require: take Node 20.19, 22.12 or newer, or await import('clarky-contacts').";
  throw Object.assign(new Error(says), { code: error.code });
}
module.exports = library;
`;

const WHOLE = "import('./index.js', { with: { 'resolution-mode': 'import' } })";
const typed = names.flatMap((name) => [
  `export declare const ${name}: Library['${name}'];`,
  ...(isClass(name) ? [`export type ${name} = ${WHOLE}.${name};`] : []),
]);
const TYPES = [
  `type Library = typeof ${WHOLE};`,
  "export type * from './index.js' with { 'resolution-mode': 'import' };",
  ...typed,
  '',
].join('\n');

writeFileSync(fileURLToPath(new URL('index.cjs', DIST)), LOADER);
writeFileSync(fileURLToPath(new URL('index.d.cts', DIST)), TYPES);
