/** What a source imports, as it is written there. Without `types`, an import of types alone does not count. */
export function importedBy(text: string, { types }: { readonly types: boolean }): string[] {
  const read = types ? text : text.replace(/^(?:import|export) type [^;]*;$/gm, '');
  return [...read.matchAll(/(?:\bfrom|\bimport\(|^import)\s*'([^']+)'/gm)].map(([, name = '']) => name);
}
