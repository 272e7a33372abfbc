import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { symlink, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { ROOT } from '../support/built.js';
import { bytesIn, compiled, install, pack, run, type Packed } from './packed.js';

const PROGRAM = `
import { importContacts, planContacts, startSandbox, ImporterError, type ImportEvent, type Summary } from 'clarky-contacts';

const sandbox = await startSandbox({ writes: { limit: 0, windowMs: 1000 } });
const events: ImportEvent['type'][] = [];
const plan = await planContacts({ file: 'people.csv' });
const result = await importContacts({
  file: 'people.csv',
  key: sandbox.key,
  apiUrl: sandbox.url,
  stateDir: 'state',
  rate: { writes: 60, seconds: 60 },
  signal: new AbortController().signal,
  onEvent: (event) => events.push(event.type),
});
const summary: Summary = result.summary;
const missing: unknown = await importContacts({ file: 'nope.csv', key: sandbox.key, apiUrl: sandbox.url }).catch((error: unknown) => error);
await sandbox.close();
console.log(JSON.stringify({
  planned: plan.created,
  created: summary.created,
  events: [...new Set(events)].sort(),
  missing: missing instanceof ImporterError ? missing.code : 'none',
}));
// What a flag takes as text, the types take as well.
void ((): unknown => importContacts({ file: 'x', key: 'k', deadline: '06:00', failOverPercent: '10%', waitMs: '10m', rate: '60/60' }));
interface Person { Email: string }
class Member { constructor(readonly Email: string) {} }
async function* people(): AsyncGenerator<Person> { yield* []; }
const lists = [[] as Person[], [] as Member[], people(), Buffer.from('')] as const;
void lists.map((rows) => (): unknown => importContacts({ rows, key: 'k', mapRow: ({ Email }): Person => ({ Email: String(Email) }) }));
// @ts-expect-error an unknown option must not pass the types
void ((): unknown => importContacts({ file: 'x', key: 'k', nosuch: true }));
`;

const COMMONJS = `
import { importContacts, ImporterError, type ImportEvent, type Summary } from 'clarky-contacts';
export async function run(): Promise<Summary | undefined> {
  const onEvent = (event: ImportEvent): void => void (event.type === 'contact' && event.outcome);
  try {
    const rows = [{ email: 'a@x.com' }];
    const { summary } = await importContacts({ rows, key: 'k', onEvent, mapRow: ({ email }) => ({ email: email.trim() }) });
    return summary;
  } catch (error) {
    if (!(error instanceof ImporterError)) throw error;
    const known: ImporterError = error;
    return void known.code;
  }
}
// @ts-expect-error an unknown option must not pass the types
void ((): unknown => importContacts({ file: 'x', key: 'k', nosuch: true }));
`;

/** What an installation may take. */
const MOST_BYTES = 30 * 1024 * 1024;

let folder: string;
let packed: Packed;
const installed = (path: string): string => join(folder, 'node_modules/clarky-contacts', path);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clarky-contacts-test-'));
  packed = await pack(folder);
  await install(packed, folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the tarball', () => {
  it('holds what is run and read, and nothing else', () => {
    const { names } = packed;
    for (const name of [
      'dist/index.d.ts',
      'dist/cli/main.js',
      'LICENSE',
      'README.md',
      'CHANGELOG.md',
      'docs/settings.md',
    ])
      expect(names).toContain(name);
    expect(names.filter((name) => /^(test|src|bench|scripts)\//.test(name) || name.includes('/.'))).toEqual([]);
    expect(names.filter((name) => name.startsWith('fixtures/'))).toEqual(['fixtures/demo.csv']);
  });

  it('links to nothing that is not in it', () => {
    const documents = packed.names.filter((name) => name.endsWith('.md'));
    expect(documents.length).toBeGreaterThan(5);
    const dead = documents.flatMap((document) =>
      [...readFileSync(installed(document), 'utf8').matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
        .map(([, link = '']) => link)
        .filter((link) => !/^[a-z]+:/.test(link))
        .filter((link) => !packed.names.some((name) => name === posix.join(posix.dirname(document), link)))
        // A link to a folder leads to what is in it.
        .filter(
          (link) => !packed.names.some((name) => name.startsWith(`${posix.join(posix.dirname(document), link)}/`)),
        )
        .map((link) => `${document} -> ${link}`),
    );
    expect(dead).toEqual([]);
  });

  it('installs in less than 30 MB, dependencies included', async () => {
    expect(await bytesIn(join(folder, 'node_modules'))).toBeLessThan(MOST_BYTES);
  });

  it('runs nothing when it is installed', () => {
    const { scripts } = JSON.parse(readFileSync(installed('package.json'), 'utf8')) as { scripts: object };
    for (const name of ['preinstall', 'install', 'postinstall', 'prepare']) expect(scripts).not.toHaveProperty(name);
  });

  it('imports its dependencies and no library that is only here', () => {
    const { dependencies, peerDependencies } = JSON.parse(readFileSync(installed('package.json'), 'utf8')) as {
      dependencies: object;
      peerDependencies: object;
    };
    const known = new Set([...Object.keys(dependencies), ...Object.keys(peerDependencies), ...builtinModules]);
    const code = packed.names.filter((name) => /^dist\/(?!ui\/page\/|vendor\/).*\.js$/.test(name));
    const unknown = code.flatMap((name) =>
      [
        ...readFileSync(installed(name), 'utf8').matchAll(
          /(?:^import .*from|^export .*from|^import|import\() ?'([^'.][^']*)'/gm,
        ),
      ]
        .map(([, specifier = '']) => specifier)
        .filter((specifier) => !specifier.startsWith('node:'))
        .map((specifier) =>
          specifier
            .split('/')
            .slice(0, specifier.startsWith('@') ? 2 : 1)
            .join('/'),
        )
        .filter((library) => !known.has(library))
        .map((library) => `${name} imports ${library}`),
    );
    expect(unknown).toEqual([]);
  });

  it('is clean to publint', async () => {
    const { messages, pkg } = await publint({ pack: { tarball: packed.bytes }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  it('has types for every way of importing it', async () => {
    const attw = join(ROOT, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    const { stdout } = await run(process.execPath, [
      attw,
      packed.tarball,
      '--profile',
      'node16',
      '--format',
      'ascii',
      '--no-emoji',
    ]);
    expect(stdout).toContain('node16 (from ESM): OK (ESM)');
    expect(stdout).toContain('node16 (from CJS): OK (CJS)');
  });
});

describe('the package, installed elsewhere', () => {
  let complaints: string;
  beforeAll(async () => {
    await symlink(join(ROOT, 'node_modules/@types'), join(folder, 'node_modules/@types'));
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    await writeFile(join(folder, 'program.ts'), PROGRAM);
    await writeFile(join(folder, 'typed.cts'), COMMONJS);
    complaints = await compiled(folder, 'program.ts', 'typed.cts');
  });

  it('works as a library, types included', async () => {
    expect(complaints).toBe('');
    await writeFile(join(folder, 'people.csv'), 'Email,First Name\na@x.com,Ada\nb@x.com,Bob\n');
    const program = await run(process.execPath, ['program.js'], { cwd: folder });
    expect(JSON.parse(program.stdout)).toEqual({
      planned: 2,
      created: 2,
      events: expect.arrayContaining(['contact', 'ended', 'progress', 'started']) as string[],
      missing: 'file_not_found',
    });
  });

  it('is typed in CommonJS as well, where the compiler can not require an ES module', () => {
    expect(complaints).toBe('');
  });

  it('works from CommonJS and from an ES module, in the same way', async () => {
    await writeFile(join(folder, 'list.csv'), 'Email\na@x.com\nb@x.com\n');
    const body = `(async () => {
      const sandbox = await startSandbox({ writes: { limit: 0, windowMs: 1000 } });
      const options = { key: sandbox.key, apiUrl: sandbox.url, stateDir: false, rate: { writes: 1000, seconds: 1 } };
      const rows = await importContacts({ ...options, rows: [{ email: 'c@x.com' }] });
      const mapRow = (row) => ({ ...row, Company: 'Acme' });
      const file = await importContacts({ ...options, file: 'list.csv', mapRow });
      const wrong = await importContacts({ ...options, file: 'list.csv', country: 'UK' }).catch((error) => error);
      const known = wrong instanceof ImporterError && wrong.code;
      console.log(JSON.stringify([rows.summary.created, file.summary.created, sandbox.contacts()[2].company, known]));
      await sandbox.close();
    })();`;
    const names = '{ importContacts, startSandbox, ImporterError }';
    await writeFile(join(folder, 'list.cjs'), `const ${names} = require('clarky-contacts');\n${body}`);
    await writeFile(join(folder, 'list.mjs'), `import ${names} from 'clarky-contacts';\n${body}`);
    for (const program of ['list.mjs', 'list.cjs']) {
      await rm(join(folder, 'list.csv.checkpoint.jsonl'), { force: true });
      const { stdout } = await run(process.execPath, [program], { cwd: folder });
      expect(JSON.parse(stdout)).toEqual([1, 2, 'Acme', 'usage']);
    }
  });

  it('works as a command: phones, workbooks, mapping files and tables are all there', async () => {
    const cli = installed('dist/cli/main.js');
    const clarky = (...args: string[]) => run(process.execPath, [cli, ...args], { cwd: folder });
    expect((await clarky('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    await writeFile(join(folder, 'c.csv'), 'E-mail,Phone\na@x.com,(020) 7946 0000 ext 5\n');
    await writeFile(
      join(folder, 'c.csv.mapping.json'),
      '{"version":1,"columns":{"E-mail":"emails","Phone":"phone_numbers"}}',
    );
    expect((await clarky('plan', 'c.csv', '--country', 'GB')).stdout).toContain('phone_numbers');
  });

  it('serves the page', async () => {
    const args = [installed('dist/cli/main.js'), 'ui', '--demo', '--no-open', '--json'];
    const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    const [first] = (await once(child.stdout, 'data')) as [Buffer];
    const { url } = JSON.parse(first.toString()) as { url: string };
    const { origin, hash } = new URL(url);
    const page = await (await fetch(origin)).text();
    const parts = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path = '']) => path);
    expect(parts.filter((path) => /\.(js|css)$/.test(path)).length).toBeGreaterThan(1);
    for (const path of parts) expect([path, (await fetch(origin + path)).status]).toEqual([path, 200]);
    const session = await fetch(`${origin}/api/session`, {
      method: 'POST',
      body: JSON.stringify({ code: hash.slice(1) }),
    });
    const { token } = (await session.json()) as { token: string };
    const asked = { headers: { authorization: `Bearer ${token}` } };
    const { files, demo } = (await (await fetch(`${origin}/api/state`, asked)).json()) as {
      files: { name: string }[];
      demo: boolean;
    };
    expect([demo, files.map(({ name }) => name)]).toEqual([true, ['contacts.csv']]);
    await fetch(`${origin}/api/quit`, { method: 'POST', ...asked });
    expect(await once(child, 'close')).toEqual([0, null]);
  });
});
