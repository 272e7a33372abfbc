import { readFileSync } from 'node:fs';

/** The version that package.json states. */
export function readVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const manifest = JSON.parse(text) as { version: string };
  return manifest.version;
}
