// The types, and the lint rules that need them, of one program each: it is read and checked once for both.
import { ESLint } from 'eslint';
import { fileURLToPath } from 'node:url';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Each program with the files of which it knows the types best; a later one wins. */
const PROGRAMS = [
  { config: 'tsconfig.json', files: ['**/*.ts'] },
  { config: 'src/ui/page/tsconfig.json', files: ['src/ui/page/**/*.ts', 'src/ui/page/**/*.tsx'] },
];

const host = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => ROOT, getNewLine: () => '\n' };

/** @param {string} config */
function programOf(config) {
  const { config: json, error } = ts.readConfigFile(join(ROOT, config), ts.sys.readFile);
  const { fileNames, options, errors } = ts.parseJsonConfigFileContent(json, ts.sys, dirname(join(ROOT, config)));
  const found = error === undefined ? errors : [error, ...errors];
  return ts.createProgram({ rootNames: fileNames, options, configFileParsingDiagnostics: found });
}

const checked = PROGRAMS.map(({ config, files }) => ({ files, program: programOf(config) }));
const diagnostics = checked.flatMap(({ program }) => ts.getPreEmitDiagnostics(program));
process.stdout.write(ts.formatDiagnostics(ts.sortAndDeduplicateDiagnostics(diagnostics), host));

const eslint = new ESLint({
  cwd: ROOT,
  overrideConfig: checked.map(({ files, program }) => ({
    files,
    languageOptions: { parserOptions: { projectService: false, programs: [program] } },
  })),
});
const results = await eslint.lintFiles('.');
process.stdout.write(await (await eslint.loadFormatter()).format(results));

const isClean = diagnostics.length === 0 && results.every(({ messages }) => messages.length === 0);
process.exitCode = isClean ? 0 : 1;
