/** In which order the files of tests begin. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Those that take long although they are short to read: begun last, one of them would go on alone. */
const LONG =
  /\/(?:source\/fuzz|cli\/(?:exit-status|hostile-server|import|narrow-terminal)|faults\/(?:nightly|torture|input|budget|network|storage)|scenarios\/(?:kill|plan|address|hostile-server)|ui\/(?:one-program|plan-choices))\.system\.test\.ts$/;

const isLong = ({ moduleId }: TestSpecification): boolean => LONG.test(moduleId);

export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
