/** What verify found, counted. */
import { EXIT } from '../../errors.js';
import type { Decisions } from '../../plan/decisions.js';
import { LeftOutValues } from '../../plan/left-out-values.js';
import type { Planned } from '../../plan/planned.js';
import type { Source } from '../../source/opening/source.js';
import { FileBooks } from '../file-books.js';
import type { Finding } from './finding.js';
import type { Judged } from './one-contact.js';
import type { VerifyResult } from './verify-result.js';

type Kinds = Record<Finding['kind'], number>;

const NONE: Readonly<Kinds> = { same: 0, corrected: 0, different: 0, missing: 0, unknown: 0, rejected: 0 };

export class VerifyTally {
  readonly #members: Source['members'];
  readonly #byFile: Kinds[];
  readonly #keepsSame: boolean;
  readonly #findings: Finding[] = [];
  readonly #counts: Kinds = { ...NONE };
  readonly #leftOut = new LeftOutValues();
  #normalised = 0;
  #notSent = 0;
  #takenBack = 0;
  #setBack = 0;
  /** Rows that are contacts only as they were corrected. */
  #added = 0;
  /** Rows that are part of another contact as they were corrected. */
  #merged = 0;

  /** @param keepsSame whether what is as it should be is listed as well */
  constructor(keepsSame: boolean, members: Source['members']) {
    this.#members = members;
    this.#byFile = (members?.names ?? []).map(() => ({ ...NONE }));
    this.#keepsSame = keepsSame;
  }

  get checked(): number {
    const { rejected: _, ...contacts } = this.#counts;
    return Object.values(contacts).reduce((sum, count) => sum + count, 0) - this.#merged;
  }

  add(finding: Finding, planned: Planned | undefined): void {
    this.#count(finding, 1);
    if (finding.kind === 'corrected' && finding.isMerged === true) {
      this.#merged++;
    } else if (planned?.kind !== 'contact') {
      if (finding.kind !== 'rejected') this.#added++;
    } else if (finding.kind === 'same') {
      this.#leftOut.add(planned.remarks);
    }
    if (this.#isListed(finding)) this.#findings.push(finding);
  }

  /** Takes in what was found otherwise once all rows were read; gives all findings that are listed. */
  judge(judged: Judged): readonly Finding[] {
    const findings = this.#findings.splice(0);
    for (const finding of findings) {
      const { now, planned } = judged.get(finding) ?? {};
      if (now === undefined) {
        this.#findings.push(finding);
      } else {
        this.#count(finding, -1);
        this.add(now, planned);
      }
    }
    return this.#findings;
  }

  #count(finding: Finding, by: 1 | -1): void {
    this.#counts[finding.kind] += by;
    const ofFile = this.#byFile[this.#members?.called.indexOf(finding.files?.at(-1) ?? '') ?? -1];
    if (ofFile !== undefined) ofFile[finding.kind] += by;
    if (finding.kind === 'same' && finding.isNormalised) this.#normalised += by;
    if (finding.kind === 'missing' && finding.isNotSent === true) this.#notSent += by;
    if (finding.kind === 'missing' && finding.isTakenBack === true) this.#takenBack += by;
    if (finding.kind === 'different' && finding.isSetBack === true) this.#setBack += by;
  }

  #isListed({ kind }: Finding): boolean {
    return this.#keepsSame || (kind !== 'same' && kind !== 'corrected');
  }

  files(decisions: Decisions): Pick<VerifyResult, 'files'> {
    const rows = FileBooks.open({ members: this.#members }, decisions)?.counts();
    if (rows === undefined) return {};
    return { files: rows.map(({ file, rows: count }, at) => ({ file, rows: count, ...(this.#byFile[at] ?? NONE) })) };
  }

  /** @param contacts those that the file has as it stands */
  result(
    contacts: number,
  ): Pick<
    VerifyResult,
    | 'contacts'
    | 'checked'
    | 'normalised'
    | 'withoutValues'
    | 'leftOut'
    | 'notSent'
    | 'takenBack'
    | 'setBack'
    | 'allSame'
    | 'findings'
    | 'exit'
    | 'exitStatus'
    | Finding['kind']
  > {
    const { different, missing, unknown, rejected } = this.#counts;
    const leftOut = this.#leftOut.list();
    const allSame = different + missing + unknown + rejected === 0;
    const exit = allSame ? EXIT.ok : EXIT.someRejected;
    return {
      contacts: contacts + this.#added,
      checked: this.checked,
      ...this.#counts,
      normalised: this.#normalised,
      withoutValues: this.#leftOut.contacts,
      ...(leftOut === undefined ? {} : { leftOut }),
      notSent: this.#notSent,
      takenBack: this.#takenBack,
      setBack: this.#setBack,
      allSame,
      findings: this.#findings,
      exit,
      exitStatus: exit,
    };
  }
}
