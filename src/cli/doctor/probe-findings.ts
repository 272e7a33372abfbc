/** What probing found, as findings of `doctor`. */
import type { ProbeResult } from '../../run/probe/probe.js';
import type { Probed } from '../../run/probe/probed.js';
import { localTime } from '../../wording/times.js';
import type { DoctorFinding } from './finding.js';

/** Of a workspace that was not probed: how it can be. */
const NOT_PROBED: DoctorFinding = {
  check: 'probe',
  state: 'open',
  what: 'What an upsert does with fields, tags, e-mails and phones that are there is not known yet',
  next: 'clarky-contacts doctor --probe finds it out with a throw-away contact, deleted again. An import with --live learns most of it from its first update.',
};

/** Of one that was asked for where no import could begin. */
const NOT_BEGUN: DoctorFinding = {
  check: 'probe',
  state: 'open',
  what: 'Not probed: what is bad above is to be put right first',
};

/**
 * What an earlier probe found, and what it may have left in Clarky.
 * @param isAsked whether another one was asked for, which could not be
 */
export function earlierFindings(
  probed: Probed | undefined,
  open: ProbeResult['left'],
  isAsked: boolean,
): DoctorFinding[] {
  const left = [...(isAsked ? [NOT_BEGUN] : []), ...(open === undefined ? [] : [leftFinding(open, 'warning')])];
  if (probed === undefined) return isAsked ? left : [...left, NOT_PROBED];
  const what = `Probed on ${localTime(probed.at)}; clarky-contacts doctor --probe does it anew`;
  return [...left, { check: 'probe', state: 'ok', what }, ...probedFindings(probed)];
}

/** What a probe found just now. */
export function resultFindings({ confirmed, probed, left, stoppedBy, notKept }: ProbeResult): DoctorFinding[] {
  if (!confirmed) return [{ ...NOT_PROBED, what: 'Not probed: nothing was made' }];
  const gone: DoctorFinding = { check: 'probe', state: 'ok', what: 'The throw-away contact was deleted again' };
  return [
    ...(stoppedBy === undefined
      ? []
      : [
          {
            check: 'probe',
            state: 'bad',
            what: `Probing stopped: ${stoppedBy.message}`,
            next: stoppedBy.next,
          } as const,
        ]),
    left === undefined ? gone : leftFinding(left, 'bad'),
    ...(notKept === undefined
      ? []
      : [{ check: 'probe', state: 'warning', what: `What was found is not kept: ${notKept.message}` } as const]),
    ...probedFindings(probed),
  ];
}

function leftFinding({ email, ids }: NonNullable<ProbeResult['left']>, state: 'warning' | 'bad'): DoctorFinding {
  const named = ids.length === 0 ? '' : ` (${ids.join(', ')})`;
  return {
    check: 'probe',
    state,
    what: `The throw-away contact ${email}${named} may still be in Clarky`,
    next: 'Delete it there; or run clarky-contacts doctor --probe again, which deletes it.',
  };
}

const LIVE_KEEPS = 'import --live sends what is there along; an import without --live empties it.';
const LIVE_LEADS = 'import --live leads with the one that Clarky has.';

/** A line for each thing that was shown. */
function probedFindings(probed: Probed): DoctorFinding[] {
  const { writes, answers, leftOut, customFields, phoneSearch, createdStatus } = probed;
  const said = (state: 'ok' | 'warning', what: string, next?: string): DoctorFinding[] => [
    { check: 'probe', state, what, next },
  ];
  const answered = answers === undefined ? '' : `, and answers show ${answers}`;
  return [
    ...(writes === undefined
      ? []
      : said('ok', `E-mails and phones are taken as ${writes === 'both' ? 'strings and objects' : writes}${answered}`)),
    ...(createdStatus === undefined ? [] : said('ok', `An upsert that makes a contact answers ${createdStatus}`)),
    ...(leftOut === 'kept' ? said('ok', 'An update keeps the fields that it leaves out') : []),
    ...(leftOut === 'cleared' ? said('warning', 'An update empties the fields that it leaves out', LIVE_KEEPS) : []),
    ...(customFields === 'merged' ? said('ok', 'It keeps the custom fields that it does not name') : []),
    ...(customFields === 'replaced'
      ? said('warning', 'It empties the custom fields that it does not name', LIVE_KEEPS)
      : []),
    ...listFindings(probed),
    ...matchFindings(probed),
    ...(phoneSearch === 'found' ? said('ok', 'A search finds a phone as it is sent') : []),
    ...(phoneSearch === 'missed'
      ? said('warning', 'A search misses a phone as it is sent', 'import --live lists the whole workspace instead.')
      : []),
  ];
}

function listFindings({ tags, emails }: Probed): DoctorFinding[] {
  const next = {
    joined: '--lists replace takes none away there.',
    replaced: 'import --live joins them, unless --lists replace is given.',
  } as const;
  const of = (names: string, what: 'joined' | 'replaced'): DoctorFinding => ({
    check: 'probe',
    state: 'ok',
    what: `${names} that it sends ${what === 'joined' ? 'join' : 'replace'} those that are there`,
    next: next[what],
  });
  if (tags !== undefined && tags === emails) return [of('Tags and e-mails', tags)];
  return [...(tags === undefined ? [] : [of('Tags', tags)]), ...(emails === undefined ? [] : [of('E-mails', emails)])];
}

function matchFindings({ emailMatch, phoneMatch, emailCase, phoneNotation }: Probed): DoctorFinding[] {
  const found = (by: string, match: 'any' | 'first'): DoctorFinding => ({
    check: 'probe',
    state: 'ok',
    what: `A contact is found by ${match === 'any' ? `any of its ${by}s` : `its first ${by} alone`}`,
    next: match === 'first' ? LIVE_LEADS : undefined,
  });
  const minded = (what: string): DoctorFinding => ({
    check: 'probe',
    state: 'warning',
    what,
    next: 'import --live finds such a contact all the same.',
  });
  return [
    ...(emailMatch === undefined ? [] : [found('e-mail', emailMatch)]),
    ...(phoneMatch === undefined ? [] : [found('phone', phoneMatch)]),
    ...(emailCase === 'minded' ? [minded('An e-mail in other letters (Ann@, ann@) is another contact')] : []),
    ...(phoneNotation === 'minded' ? [minded('A phone in another notation is another contact')] : []),
  ];
}
