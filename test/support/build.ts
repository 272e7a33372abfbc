import { execFileSync } from 'node:child_process';
import { ROOT } from './built.js';

/** Before the first system test: dist/ is what src/ says, whoever forgot to build. */
export function setup(): void {
  execFileSync(process.execPath, ['scripts/build.js', '--if-stale'], { cwd: ROOT, stdio: 'inherit' });
}
