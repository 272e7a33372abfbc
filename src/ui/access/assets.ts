/** The files of the page: known by name since the start, read into memory, nothing else is ever served from the disk. */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ImporterError } from '../../errors.js';
import { DRAWING_STYLE } from '../../report/style.js';

const FOLDER = fileURLToPath(new URL('../page/', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

export interface Asset {
  readonly type: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** The files by their path. @throws ImporterError `internal` where the package was built without the page */
export async function readAssets(folder = FOLDER): Promise<ReadonlyMap<string, Asset>> {
  const assets = new Map<string, Asset>();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const type = TYPES[entry.name.split('.').at(-1) ?? ''];
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const name = `/${relative(folder, path).split(sep).join('/')}`;
    assets.set(name === '/index.html' ? '/' : name, { type, body: new Uint8Array(await readFile(path)) });
  }
  if (!assets.has('/')) {
    throw new ImporterError('internal', 'The page is not part of this installation.', {
      next: 'Install clarky-contacts again, or build it with npm run build.',
    });
  }
  assets.set('/drawings.css', { type: TYPES.css ?? '', body: new TextEncoder().encode(DRAWING_STYLE) });
  return assets;
}
