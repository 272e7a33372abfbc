/** Flags for all that Clarky's documentation leaves open; without one, the sandbox takes the likely reading. */
import { Option, type Command } from 'commander';
import { READINGS, type Readings } from '../../../sandbox/readings.js';

/** What each is said by, and what it is about. */
const FLAGS: { readonly [Name in keyof Readings]: readonly [flags: string, about: string] } = {
  accepts: ['--contact-points <shape>', 'e-mails and phones that a write may hold'],
  answers: ['--answer <shape>', 'e-mails and phones in answers'],
  envelope: ['--envelope <shape>', 'one contact under `data`, or bare'],
  createdStatus: ['--upsert-status <status>', 'status of an upsert that creates'],
  missingFields: ['--missing <what>', 'fields that an upsert leaves out'],
  patchedFields: ['--patch <what>', 'fields that a PATCH leaves out'],
  tags: ['--tags <what>', 'tags that were there'],
  customFields: ['--custom-fields <what>', 'custom fields that were there'],
  emailLookup: ['--email-lookup <how>', 'comparing e-mails'],
  phoneLookup: ['--phone-lookup <how>', 'comparing phones'],
  emailMatch: ['--email-match <which>', 'stored e-mails that an upsert looks at'],
  phoneMatch: ['--phone-match <which>', 'stored phones that an upsert looks at'],
  winner: ['--winner <which>', 'when e-mail and phone match two contacts'],
  dedupeScope: ['--dedupe-scope <scope>', 'where an upsert looks'],
  createDuplicate: ['--create-duplicate <what>', 'a create of a contact that is there'],
  unknownFields: ['--unknown-fields <what>', 'fields that no contact has'],
  deletedStatus: ['--delete-status <status>', 'status of a delete'],
  listOrder: ['--list-order <order>', 'contact that a list begins with'],
  pagination: ['--pagination <form>', 'what a list says of its pages'],
  normalises: ['--normalise', 'lower-case e-mails and put spaces into phones when storing'],
};

const OPTIONS = (Object.keys(FLAGS) as (keyof Readings)[]).map((name) => {
  const [flags, about] = FLAGS[name];
  const choices = READINGS[name].map(String);
  const option = new Option(flags, about);
  return { name, option: option.isBoolean() ? option : option.choices(choices).default(choices[0]) };
});

/** Adds them to a command. */
export function addReadingFlags(command: Command): void {
  for (const { option } of OPTIONS) command.addOption(option);
}

/** The readings that were typed, or are the likely ones. @param parsed what commander makes of the flags */
export function readingsOf(parsed: object): Partial<Readings> {
  const typed = new Map(Object.entries(parsed));
  const readings = OPTIONS.flatMap(({ name, option }) => {
    const text = typed.get(option.attributeName()) as unknown;
    return READINGS[name].filter((reading) => String(reading) === String(text)).map((reading) => [name, reading]);
  });
  return Object.fromEntries(readings) as Partial<Readings>;
}
