/** Flags for all that Clarky's documentation leaves open; without one, the sandbox takes the likely reading. */
import { Option, type Command } from 'commander';
import { given } from '../../../given.js';
import type { Readings } from '../../../sandbox/readings.js';

/** What commander makes of these flags. */
export interface ParsedReadings {
  contactPoints?: Readings['accepts'];
  answer?: Readings['answers'];
  envelope?: Readings['envelope'];
  upsertStatus?: '201' | '200';
  missing?: Readings['missingFields'];
  patch?: Readings['patchedFields'];
  tags?: Readings['tags'];
  customFields?: Readings['customFields'];
  emailLookup?: Readings['emailLookup'];
  phoneLookup?: Readings['phoneLookup'];
  emailMatch?: Readings['emailMatch'];
  phoneMatch?: Readings['phoneMatch'];
  winner?: Readings['winner'];
  dedupeScope?: Readings['dedupeScope'];
  normalise?: true;
  createDuplicate?: Readings['createDuplicate'];
  unknownFields?: Readings['unknownFields'];
  deleteStatus?: '204' | '200';
  listOrder?: Readings['listOrder'];
  pagination?: Readings['pagination'];
}

/** Flag, the readings with the likely one first, and what it is about. */
const FLAGS: readonly (readonly [flags: string, choices: readonly [string, ...string[]], about: string])[] = [
  ['--contact-points <shape>', ['both', 'strings', 'objects'], 'e-mails and phones that a write may hold'],
  ['--answer <shape>', ['strings', 'objects'], 'e-mails and phones in answers'],
  ['--envelope <shape>', ['data', 'bare'], 'one contact under `data`, or bare'],
  ['--upsert-status <status>', ['201', '200'], 'status of an upsert that creates'],
  ['--missing <what>', ['keep', 'clear'], 'fields that an upsert leaves out'],
  ['--patch <what>', ['keep', 'clear'], 'fields that a PATCH leaves out'],
  ['--tags <what>', ['replace', 'join'], 'tags that were there'],
  ['--custom-fields <what>', ['merge', 'replace'], 'custom fields that were there'],
  ['--email-lookup <how>', ['insensitive', 'exact'], 'comparing e-mails'],
  ['--phone-lookup <how>', ['digits', 'exact'], 'comparing phones'],
  ['--email-match <which>', ['primary', 'any'], 'stored e-mails that an upsert looks at'],
  ['--phone-match <which>', ['primary', 'any'], 'stored phones that an upsert looks at'],
  ['--winner <which>', ['email', 'phone', 'newest', 'email-only'], 'when e-mail and phone match two contacts'],
  ['--dedupe-scope <scope>', ['workspace', 'bot'], 'where an upsert looks'],
  ['--create-duplicate <what>', ['create', 'conflict'], 'a create of a contact that is there'],
  ['--unknown-fields <what>', ['ignore', 'reject'], 'fields that no contact has'],
  ['--delete-status <status>', ['204', '200'], 'status of a delete'],
  ['--list-order <order>', ['oldest', 'newest'], 'contact that a list begins with'],
  ['--pagination <form>', ['numbers', 'strings', 'none', 'repeated', 'endless'], 'what a list says of its pages'],
];

export function addReadingFlags(command: Command): void {
  for (const [flags, choices, about] of FLAGS) {
    command.addOption(new Option(flags, about).choices(choices).default(choices[0]));
  }
  command.option('--normalise', 'lower-case e-mails and put spaces into phones when storing');
}

export function readingsOf(parsed: ParsedReadings): Partial<Readings> {
  return given({
    accepts: parsed.contactPoints,
    answers: parsed.answer,
    envelope: parsed.envelope,
    createdStatus: parsed.upsertStatus === '200' ? (200 as const) : (201 as const),
    missingFields: parsed.missing,
    patchedFields: parsed.patch,
    tags: parsed.tags,
    customFields: parsed.customFields,
    emailLookup: parsed.emailLookup,
    phoneLookup: parsed.phoneLookup,
    emailMatch: parsed.emailMatch,
    phoneMatch: parsed.phoneMatch,
    winner: parsed.winner,
    dedupeScope: parsed.dedupeScope,
    normalises: parsed.normalise,
    createDuplicate: parsed.createDuplicate,
    unknownFields: parsed.unknownFields,
    deletedStatus: parsed.deleteStatus === '200' ? (200 as const) : (204 as const),
    listOrder: parsed.listOrder,
    pagination: parsed.pagination,
  });
}
