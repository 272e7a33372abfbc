import { expect, it } from 'vitest';
import { defaultPaths } from '../../src/run/settings.js';
import { isOwnName } from '../../src/storage/outputs.js';
import { workspaceFilesOf } from '../../src/workspace/files.js';

const { rejects, ...beside } = defaultPaths('contacts.csv');
const { snapshot, journal } = workspaceFilesOf(beside.checkpoint);

it.each([
  ...Object.values(beside),
  ...[snapshot, journal],
  ...['contacts.csv.mapping.yaml', 'contacts.csv.log.jsonl.1', 'contacts.csv.sheet-0123.undo.jsonl'],
])('%s is no list of contacts: a command left it beside one', (name) => {
  expect(isOwnName(name)).toBe(true);
});

it.each([rejects, 'contacts.csv', 'undo.csv', 'contacts.csv.mappingXjson'])('%s may be a list of contacts', (name) => {
  expect(isOwnName(name)).toBe(false);
});
