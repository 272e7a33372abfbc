// Puts the command line into a few files. Node spends most of a short command's time on finding and reading files, one
// for each module: four hundred of them are two dozen here, and a command still loads no more than it needs. Names and
// lines stay readable in a stack trace. What is imported as a library stays as tsc made it.
import { renameSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DIST = join(ROOT, 'dist');
const CLI = join(DIST, 'cli');
/** What node itself is given; the one file of dist/cli/ that stays. */
const START = 'main.js';
const PROGRAM = join(CLI, 'program.js');

/**
 * What is read together is one file: by its name, the module with all that it imports and that the files before it
 * do not hold. What none of them holds is split where it is imported when it is needed.
 */
const TOGETHER = {
  base: PROGRAM,
  checkpoint: join(DIST, 'run/status.js'),
  reading: join(DIST, 'run/plan/plan.js'),
  words: join(CLI, 'views/plan-words.js'),
};

/** Libraries of many files that nearly every command needs; the others, and what scripts/vendor.js made, are imported as they are. */
const BUNDLED = /^(?:commander|csv-parse|undici|bottleneck|pino|p-limit|csv-stringify)(?:\/|$)/;

const isOutside = (id, importer = '') => {
  if (id.includes('/vendor/') || isBuiltin(id)) return true;
  return !(/^[./]/.test(id) || id.startsWith(DIST) || BUNDLED.test(id) || importer.includes('/node_modules/'));
};

/**
 * What we call of undici; its index loads a fetch, caches, mocks and web sockets as well. It reads HTTP by WebAssembly: optimised,
 * as V8 does after some answers, that gives back in no run the 80 ms of CPU that it takes. The flag is set here and no sooner: node's
 * own modules are loaded by now.
 */
const undiciRequests = {
  name: 'undici-requests',
  resolveId: (id) => (id === 'undici' ? '\0undici' : undefined),
  load: (id) =>
    id === '\0undici'
      ? `import Agent from 'undici/lib/dispatcher/agent.js';
         import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
         import Pool from 'undici/lib/dispatcher/pool.js';
         import ProxyAgent from 'undici/lib/dispatcher/proxy-agent.js';
         import api from 'undici/lib/api/index.js';
         import errors from 'undici/lib/core/errors.js';
         import { setV8Flag } from ${JSON.stringify(join(CLI, 'process/v8-flags.js'))};
         setV8Flag('--wasm-tiering-budget=2000000000');
         Object.assign(Dispatcher.prototype, api);
         export { Agent, errors, Pool, ProxyAgent };
         export const request = (url, { dispatcher, ...options }) => {
           const { origin, pathname, search } = new URL(url);
           return dispatcher.request({ method: 'GET', ...options, origin, path: pathname + search });
         };`
      : undefined,
};

/** What neither library is asked for: HTTP/2, and a thread that a log is written by. */
const leftOut = {
  name: 'left-out',
  load: {
    filter: { id: /\/undici\/lib\/dispatcher\/client-h2\.js$|\/pino\/lib\/transport\.js$/ },
    handler: () => 'module.exports = () => {};',
  },
};

/** A module goes on to find its files from where it was, not from where it is put. */
const placeKept = {
  name: 'place-kept',
  transform(code, id) {
    if (!code.includes('import.meta.url')) return undefined;
    const was = relative(CLI, id).replaceAll(sep, '/');
    return code.replaceAll('import.meta.url', `new URL('${was}', import.meta.url).href`);
  },
};

/** @returns a plugin that learns what imports what, and with it the name of the file that a module goes into */
function togetherness() {
  /** @type {Map<string, readonly string[]>} */
  const imports = new Map();
  const nameOf = new Map();
  const gather = (id, name) => {
    if (nameOf.has(id) || !imports.has(id)) return;
    nameOf.set(id, name);
    for (const imported of imports.get(id) ?? []) gather(imported, name);
  };
  return {
    plugin: {
      name: 'togetherness',
      buildEnd() {
        for (const id of this.getModuleIds()) imports.set(id, this.getModuleInfo(id)?.importedIds ?? []);
        for (const [name, id] of Object.entries(TOGETHER)) gather(id, name);
      },
    },
    nameOf,
  };
}

const { plugin, nameOf } = togetherness();
const build = await rolldown({
  input: { program: PROGRAM },
  platform: 'node',
  logLevel: 'warn',
  // Bottleneck evaluates a name, of a Redis client of its own that we do not use.
  checks: { ineffectiveDynamicImport: false, eval: false },
  external: isOutside,
  plugins: [undiciRequests, leftOut, placeKept, plugin],
  cwd: ROOT,
});
const made = join(DIST, 'bundled');
await build.write({
  dir: made,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: '[name].js',
  codeSplitting: {
    groups: Object.keys(TOGETHER).map((name) => ({ name, test: (id) => nameOf.get(id) === name })),
  },
});
await build.close();
renameSync(join(CLI, START), join(made, START));
rmSync(CLI, { recursive: true });
renameSync(made, CLI);
