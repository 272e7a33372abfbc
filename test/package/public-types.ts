/** The types that the package gives to its users, as their compiler reads them. */
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../support/built.js';
import { privateFolder } from '../support/folder.js';

const ENTRY = join(ROOT, 'dist/index.d.ts');

const COMPILER: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  paths: { 'clarky-contacts': [ENTRY] },
  typeRoots: [join(ROOT, 'node_modules/@types')],
  types: ['node'],
};

/** What it has read and bound of our types and of its own, for the next program: they are the same for each. */
const READ = new Map<string, ts.SourceFile | undefined>();

function hostFor(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  return {
    ...host,
    getSourceFile: (name, ...how) => {
      if (!name.startsWith(ROOT.replaceAll('\\', '/'))) return host.getSourceFile(name, ...how);
      if (!READ.has(name)) READ.set(name, host.getSourceFile(name, ...how));
      return READ.get(name);
    },
  };
}

/** What the compiler says of pieces of code that use the package, each by itself. */
export async function complaintsOf(
  pieces: readonly string[],
  { extension = '.mts', ...options }: ts.CompilerOptions & { readonly extension?: string } = {},
): Promise<string[]> {
  const folder = await privateFolder();
  const files = pieces.map((_, at) => join(folder, `piece-${at + 1}${extension}`));
  await Promise.all(files.map((file, at) => writeFile(file, pieces[at] ?? '')));
  const all = { ...COMPILER, noEmit: options.declaration !== true, outDir: folder, ...options };
  const program = ts.createProgram(files, all, hostFor(all));
  // What can't be named in a declaration is found when it is written.
  const { diagnostics } = program.emit(undefined, () => undefined, undefined, true);
  return [...ts.getPreEmitDiagnostics(program), ...diagnostics].map(
    ({ file, messageText }) =>
      `${basename(file?.fileName ?? '')}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
  );
}

/** What is exported, by name: all of it, or the types that have fields. */
export function publicNames(): { readonly names: string[]; readonly fields: ReadonlyMap<string, boolean> } {
  const program = ts.createProgram([ENTRY], { ...COMPILER, noEmit: true }, hostFor(COMPILER));
  const checker = program.getTypeChecker();
  const entry = program.getSourceFile(ENTRY);
  const module = entry && checker.getSymbolAtLocation(entry);
  if (module === undefined) throw new Error('the package has no types: is it built?');
  const fields = new Map<string, boolean>();
  const isOurs = ({ declarations = [] }: ts.Symbol): boolean =>
    declarations.some((one) => !one.getSourceFile().fileName.includes('/node_modules/'));

  const visit = (type: ts.Type, owner: string, depth: number): void => {
    if (type.isUnionOrIntersection()) {
      for (const part of type.types) visit(part, owner, depth);
      return;
    }
    if ((type.flags & ts.TypeFlags.Object) === 0 || checker.isArrayType(type) || checker.isTupleType(type)) return;
    for (const property of type.getProperties()) {
      if (!isOurs(property) || property.name.startsWith('__')) continue;
      const own = checker.getTypeOfSymbol(property);
      const name = `${owner}.${property.name}`;
      const says = ts.displayPartsToString(property.getDocumentationComment(checker)) !== '' || isTag(own);
      const deprecated = property.getJsDocTags(checker).some((tag) => tag.name === 'deprecated');
      fields.set(name, (fields.get(name) ?? true) && (says || deprecated));
      if (depth < 3 && isAnonymous(own)) visit(checker.getNonNullableType(own), name, depth + 1);
    }
  };

  const exported = checker.getExportsOfModule(module);
  for (const symbol of exported) {
    const target = (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(symbol) : symbol;
    if ((target.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias | ts.SymbolFlags.Class)) === 0) continue;
    visit(checker.getDeclaredTypeOfSymbol(target), symbol.name, 0);
  }
  return { names: exported.map(({ name }) => name), fields };
}

/** What tells one form from another says nothing more: `type: 'limit'`. */
function isTag(type: ts.Type): boolean {
  return type.isStringLiteral() || (type.flags & ts.TypeFlags.BooleanLiteral) !== 0;
}

/** An object that is written where it is used. */
function isAnonymous(type: ts.Type): boolean {
  if (type.isUnion()) return true;
  const { aliasSymbol, symbol } = type as { aliasSymbol?: ts.Symbol; symbol?: ts.Symbol };
  return aliasSymbol === undefined && (symbol?.name === '__type' || symbol?.name === '__object');
}
