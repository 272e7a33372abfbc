// Puts those libraries of which the importer needs a small part into dist/vendor/, and points dist/ to them: installed
// whole they are thirty megabytes (metadata in eight forms, locales, source maps, command lines of their own), of which
// three are used. The rest of the dependencies is installed as ever.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DIST = join(ROOT, 'dist');
const VENDOR = join(DIST, 'vendor');

/** By name: what is taken of it, as a module. */
const LIBRARIES = {
  'libphonenumber-js/max': "export * from 'libphonenumber-js/max';",
  'libphonenumber-js/max/metadata': "export { default } from 'libphonenumber-js/max/metadata';",
  zod: "export { z } from 'zod';",
  'validator/lib/isEmail.js': "export { default } from 'validator/lib/isEmail.js';",
  '@e965/xlsx': "export { read, set_cptable } from '@e965/xlsx';",
  hono: "export * from 'hono';",
  'hono/streaming': "export * from 'hono/streaming';",
  '@hono/node-server': "export * from '@hono/node-server';",
};

/** Loaded by `require`, when the first number needs it; so is what it shares. */
const REQUIRED = ['libphonenumber-js/max', 'libphonenumber-js/max/metadata'];

const fileOf = (name) =>
  `${name.replace(/^@/, '').replace(/\.js$/, '').replaceAll('/', '-')}.${REQUIRED.includes(name) ? 'cjs' : 'js'}`;

/** @param {readonly string[]} names @param {'cjs' | 'esm'} format @returns {Promise<string[]>} the modules that went in */
async function bundle(names, format) {
  const virtual = (name) => `\0${name}`;
  const build = await rolldown({
    input: Object.fromEntries(names.map((name) => [fileOf(name).replace(/\.c?js$/, ''), `vendor:${name}`])),
    platform: 'node',
    logLevel: 'warn',
    plugins: [
      {
        name: 'entries',
        resolveId: (id) => (id.startsWith('vendor:') ? virtual(id) : undefined),
        load: (id) => (id.startsWith('\0vendor:') ? LIBRARIES[id.slice('\0vendor:'.length)] : undefined),
      },
      {
        // As a text it is read in half the time that it takes as a program.
        name: 'metadata-as-text',
        load: {
          filter: { id: /metadata\.max\.json\.js$/ },
          handler: (id) => {
            const json = JSON.stringify(JSON.parse(readFileSync(id.replace(/\.js$/, ''), 'utf8')));
            return `export default JSON.parse(${JSON.stringify(json)});`;
          },
        },
      },
    ],
    cwd: ROOT,
  });
  const extension = format === 'cjs' ? 'cjs' : 'js';
  const { output } = await build.write({
    dir: VENDOR,
    format,
    minify: true,
    entryFileNames: `[name].${extension}`,
    chunkFileNames: `[name]-shared.${extension}`,
  });
  await build.close();
  return output.flatMap((chunk) => (chunk.type === 'chunk' ? Object.keys(chunk.modules) : []));
}

/** The folder of the package that a module is of. */
function packageOf(module) {
  const parts = module.split(sep);
  const at = parts.lastIndexOf('node_modules');
  if (at < 0) return undefined;
  return parts.slice(0, at + (parts[at + 1]?.startsWith('@') ? 3 : 2)).join(sep);
}

function writeLicences(modules) {
  const folders = [...new Set(modules.map(packageOf).filter((folder) => folder !== undefined))].sort();
  const texts = folders.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? `Licence: ${license}` : readFileSync(join(folder, file), 'utf8').trim();
    return `${name} ${version}\n\n${text}\n`;
  });
  writeFileSync(join(VENDOR, 'LICENSES.txt'), texts.join(`\n${'-'.repeat(80)}\n\n`));
}

function pointToVendor() {
  for (const entry of readdirSync(DIST, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !path.endsWith('.js') || path.startsWith(VENDOR)) continue;
    const text = readFileSync(path, 'utf8');
    const pointed = Object.keys(LIBRARIES).reduce((kept, name) => {
      const target = relative(dirname(path), join(VENDOR, fileOf(name))).replaceAll(sep, '/');
      const to = target.startsWith('.') ? target : `./${target}`;
      return kept.replaceAll(`from '${name}'`, `from '${to}'`).replaceAll(`('${name}')`, `('${to}')`);
    }, text);
    if (pointed !== text) writeFileSync(path, pointed);
  }
}

mkdirSync(VENDOR, { recursive: true });
const others = Object.keys(LIBRARIES).filter((name) => !REQUIRED.includes(name));
writeLicences([...(await bundle(REQUIRED, 'cjs')), ...(await bundle(others, 'esm'))]);
pointToVendor();
