/** What a mapping makes of a file, shown before it is written: by the same decisions as a plan, of the first rows. */
import type { Contact } from '../../contact/contact.js';
import { identityOf } from '../../contact/identity.js';
import { compileMapping } from '../../mapping/compile/compile.js';
import { createColumnProfile, profiledColumns } from '../../mapping/compile/profile.js';
import type { InferredMapping } from '../../mapping/mapping.js';
import { conflictOf } from '../../plan/conflict-problem.js';
import { Roster } from '../../plan/roster.js';
import { SAMPLE_RECORDS } from '../../source/dialect.js';
import { lineAtStart, placeOf, type Place } from '../../wording/rows/lines.js';
import { openBy } from '../map.js';
import { likelyCountries } from '../reading/likely-countries.js';
import { inWords } from '../outputs/rejects.js';
import type { ReadingOptions } from '../settings.js';
import { withLikelyCountry } from './country-advice.js';

/** What a mapping makes of the first rows. */
export interface FirstContact {
  /** The first contact, as it would be sent, and its line; undefined where no row makes one. */
  readonly sent: { readonly contact: Contact; readonly place: Place } | undefined;
  /** How many rows were looked at, how many of them can't be sent as they stand, and why the first can't. */
  readonly rows: number;
  readonly rejected: number;
  /** Those are all that the file has. */
  readonly areAll: boolean;
  readonly why: string | undefined;
  /** A column is mapped by which a contact can be known. */
  readonly hasContactPoints: boolean;
}

/** Shows what a mapping makes of a file, by its first rows. */
export async function firstContact(options: ReadingOptions, mapping: InferredMapping): Promise<FirstContact> {
  const file = await openBy(options, undefined);
  try {
    const { sampleRecords } = file.dialect;
    const profile = createColumnProfile(profiledColumns(mapping, file.settings.unmapped));
    for (const [ordinal, record] of sampleRecords.entries()) profile.observe(ordinal, record.cells, record.given);
    const mapRecord = compileMapping(mapping, { ...file.settings, stageIds: undefined }, profile.conventions());
    const rows = sampleRecords.map(mapRecord);
    const roster = new Roster();
    for (const row of rows) roster.addRecord(row);
    const decisions = roster.decide(file.settings);
    const ofPlan = rows.map((row, ordinal) => {
      const conflict = conflictOf(decisions.roleOf(ordinal));
      return conflict === undefined ? row : { ...row, problems: [conflict] };
    });
    const bad = ofPlan.filter(({ problems }) => problems.length > 0);
    const good = ofPlan.find(({ contact, problems }) => problems.length === 0 && identityOf(contact) !== undefined);
    const likely = likelyCountries({ dialect: file.dialect, source: file.source, mapping });
    const { courtesy: _, ...contact } = good?.contact ?? {};
    const [first] = bad;
    return {
      sent: good && { contact, place: placeOf(good) },
      rows: rows.length,
      rejected: bad.length,
      areAll: rows.length < SAMPLE_RECORDS,
      hasContactPoints: mapping.columns.some(
        ({ target }) => target.kind === 'field' && (target.field === 'emails' || target.field === 'phone_numbers'),
      ),
      why:
        first &&
        `${lineAtStart([placeOf(first)])}: ${withLikelyCountry(first.problems, likely).map(inWords).join(' ')}`,
    };
  } finally {
    await file.close();
  }
}
