/** Why a contact that could be sent is not, in words. */
import { linesInWords, type Place } from '../../wording/rows/lines.js';
import type { UpsertResult } from '../../api/calls.js';
import type { Contact } from '../../contact/contact.js';
import type { Claim, Decision } from '../../plan/decide.js';
import { DELETED_IN_CLARKY, SECOND_IN_CLARKY, type Problem } from '../../problem.js';
import { CORRECT_IT, MAKE_ONE_ROW, rejectedEarlier } from './answers/rejected-earlier.js';

/** Why a contact is decided to be rejected. */
export function notSent(
  decision: Extract<Decision, { kind: 'rejected earlier' | 'held' | 'deleted' | 'not shown' }>,
): Problem {
  switch (decision.kind) {
    case 'rejected earlier':
      return rejectedEarlier(decision.code);
    case 'held':
      return heldFor(decision);
    case 'deleted':
      return DELETED;
    case 'not shown':
      return NOT_SHOWN_YET;
  }
}

/** A contact that was imported before and is not in the workspace any more. */
const DELETED: Problem = {
  code: DELETED_IN_CLARKY,
  message: 'This contact was imported before, and somebody has deleted it in Clarky since.',
  hint: 'Leave the row out, or use --restore-deleted to send it again.',
};

/** Clarky shows the contact as it was before it answered an import: to join anything with that would take out what came since. */
export const SHOWN_AS_BEFORE: Problem = {
  code: 'reads_behind',
  message:
    'Clarky shows this contact as it was before its answer to an import moments ago: what it holds now is not known.',
  hint: 'Import again in a few minutes.',
};

/** Nor is whom it does not show at all known to be deleted: what is sent would take the place of the lists that it has. */
export const NOT_SHOWN_YET: Problem = {
  ...SHOWN_AS_BEFORE,
  message:
    'Clarky does not show this contact, which it answered an import with moments ago: what it holds now is not known.',
};

/** Somebody has turned the contact into another person while the import was under way. */
export const MADE_ANOTHER: Problem = {
  code: 'shared_email',
  message: 'The contact of this row has become clearly somebody else in Clarky since the workspace was read.',
  hint: 'Look at it in Clarky, then import with --live again, which looks again.',
};

function heldFor(claim: Claim): Problem {
  if (claim.of === 'the workspace') return heldForWorkspace(claim);
  return claim.of === 'another file' ? heldForOtherFile(claim) : heldForEarlier(claim);
}

/** What of the row is somebody else's as well: without it nobody knows which of several to look at. */
function sharedInWords({ by, value }: Pick<Claim, 'by' | 'value'>): string {
  if (value === undefined) return by === 'email' ? 'An e-mail of this row' : 'A phone number of this row';
  return `The ${by === 'email' ? 'e-mail' : 'phone number'} ${value} of this row`;
}

function somebodyElse({ contactId }: Pick<Claim, 'contactId'>): string {
  return `clearly somebody else${contactId === undefined ? '' : ` (${contactId} in Clarky)`}`;
}

/** A contact that has an e-mail or phone with which clearly somebody else was imported from another file. */
function heldForOtherFile(claim: Claim): Problem {
  const { by, file } = claim;
  const from = file === undefined ? 'another file, or to another bot' : file;
  return {
    ...heldForEarlier(claim),
    message: `${sharedInWords(claim)} was imported with ${somebodyElse(claim)} from ${from}: Clarky would make them one contact.`,
    hint: `Give each their own; where Clarky was corrected since, import with --live, which looks there; where it is meant, use --shared-${by} ${by === 'email' ? 'merge' : 'send'}.`,
  };
}

/** A contact that has an e-mail or phone with which clearly somebody else was imported before. */
function heldForEarlier(claim: Omit<Claim, 'of'>): Problem {
  const { by } = claim;
  return {
    code: by === 'email' ? 'shared_email' : 'shared_phone',
    message: `${sharedInWords(claim)} was imported before with ${somebodyElse(claim)}: Clarky would make them one contact.`,
    hint: `Give each their own, or use --shared-${by} ${by === 'email' ? 'merge' : 'send'} where that is meant.`,
  };
}

/** It may be one person whose e-mail has changed: of a phone nobody says that it is somebody else's. */
const IN_WORKSPACE = {
  phone: [
    'shared_phone',
    'name or e-mail',
    'If it is one person, write both e-mails into one cell; if not, give each their own number',
  ],
  email: ['shared_email', 'name', 'Give each their own'],
} as const;

/** A contact that has an e-mail or phone which, when the workspace was read last, clearly somebody else had in it. */
function heldForWorkspace(claim: Claim): Problem {
  const [code, name, help] = claim.by === 'phone' ? IN_WORKSPACE.phone : IN_WORKSPACE.email;
  const message = `${sharedInWords(claim)} is with a contact in the workspace under another ${name}, as the last import with --live saw it: Clarky would make them one contact.`;
  return { code, message, hint: `${help}; where Clarky was corrected, import with --live, which looks again.` };
}

/** A contact that was sent before, and of which clearly somebody else has the e-mail or phone in Clarky by now. */
export function somebodyElsesInClarky(by: 'email' | 'phone', contactId: string): Problem {
  return {
    ...heldForEarlier({ by }),
    message: `${sharedInWords({ by })} is clearly somebody else's in Clarky by now (${contactId}): Clarky would turn that contact into this one.`,
  };
}

/** Clarky answered with a contact that is somebody else's: it merged two people, or mixed them up. */
export function mergedInClarky(contactId: string, other: Place | 'another file' | undefined): Problem {
  const whose =
    other === undefined
      ? 'a contact that was there'
      : other === 'another file'
        ? 'a contact of another file'
        : `the contact of ${linesInWords([other])}`;
  return {
    code: 'merged_in_clarky',
    message: `Clarky wrote this row to ${whose} (${contactId}), which is somebody else: it took two people for one.`,
    hint: 'Look at that contact in Clarky; give the two rows e-mails and phones of their own.',
  };
}

/** Clarky answered with a contact of which version 1.0.0 noted neither the name nor its other e-mails and phones. */
export function perhapsMerged(contactId: string): Problem {
  return {
    code: 'merged_in_clarky',
    message: `Clarky wrote this row to a contact that was there (${contactId}), which an import of version 1.0.0 had sent with another e-mail or phone: whether it is the same person was not noted then.`,
    hint: 'Look at that contact in Clarky: where it is the same person, import with --live; else give the two rows e-mails and phones of their own.',
  };
}

/** Clarky answered with the contact of another row, and by the names they are one person: nobody could tell by the file. */
export function sameInClarky(contactId: string, other: Place): Problem {
  const { message, ...problem } = contactOfRow(contactId, other);
  return { ...problem, message: `${message.slice(0, -1)}, and has written this row to it.` };
}

/** Clarky's contact of this row is that of another one, which says what it holds. */
export function contactOfRow(contactId: string, other: Place): Problem {
  return {
    code: 'same_in_clarky',
    message: `Clarky has this person already, as the contact of ${linesInWords([other])} (${contactId}).`,
    hint: MAKE_ONE_ROW,
  };
}

/** A phone that is still somebody else's in Clarky, or an e-mail of whom it knows by the phone, was to be added, and was not taken. */
export function notGiven(field: 'emails' | 'phone_numbers', contactId: string): Problem {
  const isPhone = field === 'phone_numbers';
  const why = isPhone
    ? 'which Clarky had somebody else under: by an upsert it may turn that contact into this one'
    : 'by which an upsert may make a second contact';
  return {
    code: isPhone ? 'shared_phone' : 'shared_email',
    message: `Clarky has this row (${contactId}) without its ${isPhone ? 'phone' : 'e-mail'}, ${why}, and did not let it be added to the contact itself.`,
    hint: `Add the ${isPhone ? 'phone' : 'e-mail'} in Clarky, then import with --live.`,
  };
}

/** A contact whose e-mails or phones are others' as well was to be changed itself, and Clarky did not take that. */
export function notChanged(
  { id: contactId, isUnseen = false }: { readonly id: string; readonly isUnseen?: boolean },
  { phone_numbers: phones = [] }: Contact,
): Problem {
  if (isUnseen) return unseenInClarky(contactId);
  return {
    code: phones.length > 0 ? 'shared_phone' : 'shared_email',
    message: `Clarky has an e-mail or phone of this row's contact (${contactId}) with somebody else as well, and did not let the contact itself be changed: an upsert could turn the other into this one, or empty what it leaves out. Nothing was sent.`,
    hint: 'Give each their own e-mail and phone in Clarky, or change the contact there.',
  };
}

/** Clarky has it under an e-mail or phone that the row has no more, and nobody can see where: an upsert could make a second contact. */
export function unseenInClarky(contactId: string | undefined): Problem {
  const isNamed = contactId !== undefined;
  return {
    code: 'unseen_in_clarky',
    message: `Clarky has the contact of this row${isNamed ? ` (${contactId})` : ''} under an e-mail or phone that the row has no more, ${isNamed ? 'did not let that contact be changed by its id, ' : ''}and this key may not read: an upsert could make a second contact. Nothing was sent.`,
    hint: 'Import once with a key that may read contacts, or change the contact in Clarky.',
  };
}

/** Clarky answered that it has made a contact of somebody whom it had, and has still. */
export function madeSecond(contactId: string, knownAs: string): Problem {
  return {
    code: SECOND_IN_CLARKY,
    message: `Clarky has made a second contact of this row (${contactId}): it has it already (${knownAs}).`,
    hint: 'Look at both contacts in Clarky, and leave one of them.',
  };
}

/** Clarky answered with the contact, and that another bot has it. */
export function ofOtherBot(contactId: string, bot: string): Problem {
  return {
    code: 'other_bot',
    message: `Clarky wrote this row to a contact of another bot (${contactId}), and not of ${bot}: it has it already there.`,
    hint: 'Import to the bot that has it (--bot), or give the contact to the other one in Clarky.',
  };
}

/** Another bot has the contact, and nothing shows whether the bots share it: whatever is sent could take it away from that one. */
export function unclearWhoseItIs(contactId: string, bot: string | undefined): Problem {
  return {
    code: 'other_bot',
    message: `Another bot${bot === undefined ? '' : ` (${bot})`} has the contact of this row (${contactId}), and others in Clarky have an e-mail or phone of it: whether your bots share their contacts was not seen. Nothing was sent.`,
    hint: 'Import to the bot that has it (--bot), or give the contact to the other one in Clarky.',
  };
}

/** Clarky has made or changed a contact, and dropped all by which it could be found again. */
export function notKept(contactId: string, { emails = [], phone_numbers: phones = [] }: Contact): Problem {
  const what = emails.length === 0 ? 'phone' : phones.length === 0 ? 'e-mail' : 'e-mail and phone';
  return {
    code: 'not_kept',
    message: `Clarky wrote this row to a contact (${contactId}) and did not keep its ${what}: nothing tells whose it is.`,
    hint: `Correct the ${what}, look at that contact in Clarky and delete it there; then import again.`,
  };
}

/** Clarky answered with a contact that it has put away. */
export function putAway(contactId: string): Problem {
  return {
    code: 'put_away_in_clarky',
    message: `Clarky wrote this row to a contact that is deleted, archived, merged or not approved there (${contactId}): nobody sees it.`,
    hint: 'Bring that contact back in Clarky, then import again with --retry-rejected.',
  };
}

/** Clarky rejected a contact. */
export function refusalProblem({ code, message, field }: Extract<UpsertResult, { outcome: 'rejected' }>): Problem {
  return {
    code,
    message: `Clarky rejected it${field === undefined ? '' : ` for ${field}`}: ${message}`,
    hint: CORRECT_IT,
  };
}
