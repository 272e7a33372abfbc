/** Addresses in place of a file, as they are told: who reads of a run is not to get into what an address leads to. Pure. */

/** True for what is an address and no path. */
export const isAddress = (file: string): boolean => /^https?:\/\//i.test(file);

/** An address without what may be secret in it: the query holds tokens. */
export function addressInWords(file: string): string {
  if (!URL.canParse(file)) return file.replace(/[?#].*/s, '').replace(/^([a-z]+:\/\/)[^/]*@/i, '$1');
  const { origin, pathname } = new URL(file);
  return `${origin}${pathname}`;
}

/** A path as it is; an address without what may be secret in it. */
export function fileInFacts(file: string): string {
  return isAddress(file) ? addressInWords(file) : file;
}

/** Facts of a run as they are written down or handed on. */
export function withoutAccess<T extends object>(facts: T): T {
  const { file, files } = facts as { readonly file?: unknown; readonly files?: unknown };
  return {
    ...facts,
    ...(typeof file === 'string' ? { file: fileInFacts(file) } : {}),
    ...(Array.isArray(files) ? { files: files.map((one: object) => withoutAccess(one)) } : {}),
  };
}

/** A text with its % escapes read; unchanged if one of them is malformed. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
