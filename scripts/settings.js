// Writes the table of settings into docs/settings.md; a test compares them. Needs a build.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { settingsAsMarkdown } from '../dist/settings/document.js';

const PAGE = fileURLToPath(new URL('../docs/settings.md', import.meta.url));

const [before] = readFileSync(PAGE, 'utf8').split('<!-- prettier-ignore-start -->');
writeFileSync(
  PAGE,
  `${before}<!-- prettier-ignore-start -->\n\n${settingsAsMarkdown()}\n\n<!-- prettier-ignore-end -->\n`,
);
