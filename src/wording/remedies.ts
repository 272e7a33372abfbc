/**
 * What is wrong with a row or a value, by the code of its problem, and what helps: in the file, by an option, by a control of
 * the page. One table, so that the page never speaks of an option and the terminal never of a button.
 */
export interface Remedy {
  /** What is wrong, as the heading of all rows that have it. */
  readonly title: string;
  /** What helps in the row itself. */
  readonly inFile: string;
  /** The option that settles it for all rows, as the end of "or use". */
  readonly flag?: string;
  /** The same on the page, as a sentence. */
  readonly control?: string;
  /** Another choice that settles it, of rows that are somebody without the value: after the control's own, and its option. */
  readonly orWithout?: { readonly words: string; readonly flag: string };
  /** What settles it leaves values out: of a row that has nothing else to be known by, it settles nothing. */
  readonly leavesOut?: true;
}

export const OMISSION = '--on-invalid omit';
const REAL_ADDRESS = 'Write the real address, or empty the cell.';
const LEAVE_OUT = 'Or leave these values out: under “What to send”, choose to send such rows without them.';

/** Of a value that can be left out by one setting, whichever value it is. */
function ofValue(title: string, inFile: string): Remedy {
  return { title, inFile, flag: OMISSION, control: LEAVE_OUT, leavesOut: true };
}

const REMEDIES: Readonly<Record<string, Remedy>> = {
  no_identity: {
    title: 'Neither an e-mail nor a phone',
    inFile: 'Add an e-mail or a phone: without one, a second import would create the contact twice.',
  },
  invalid_email: ofValue("The e-mail can't be read", 'Correct the address.'),
  placeholder_email: { title: "An address that is nobody's", inFile: REAL_ADDRESS },
  placeholder_email_shared: ofValue("An address of nobody's, in rows of different people", REAL_ADDRESS),
  directory_path: ofValue(
    "A path in a company's directory, no e-mail",
    "Look up the contact's address in Outlook and write it here.",
  ),
  email_is_exchange_path: {
    title: "A path in a company's directory, no e-mail",
    inFile: "Look up the contact's address in Outlook and write it here.",
  },
  invalid_phone: ofValue(
    "The phone can't be read",
    'Correct the number; one of another country begins with + and its code.',
  ),
  phone_needs_country: {
    title: 'A phone without its country',
    inFile: 'Write it with + and its country code.',
    flag: '--country CC',
    control: 'Or choose the country of such numbers under “How it was read”.',
  },
  phone_code_mismatch: ofValue(
    'A phone that does not fit the calling code beside it',
    'Correct the number or its calling code.',
  ),
  invalid_calling_code: ofValue('A calling code that does not exist', 'Correct the calling code, or empty it.'),
  continues_row_above: {
    title: 'Only more values of the row above',
    inFile: 'Write the values into the row above, or give the row a name of its own.',
  },
  phone_ambiguous: ofValue('A phone that can be read in two ways', 'Write it with + and its country code.'),
  phone_scientific: ofValue(
    'A phone that a spreadsheet has rounded',
    'In a spreadsheet, format the column as a number without decimals and save again; where digits are lost there, too, type them.',
  ),
  postal_code_short: {
    title: 'A postal code that may lack its zero',
    inFile: 'In a spreadsheet, format the column as text first; then write the zero again.',
  },
  spreadsheet_put_back: {
    title: 'What a spreadsheet changed is read as it was',
    inFile: 'Empty import_message of a row that is to be sent as it is now.',
  },
  letters_lost: { title: 'A letter that may be lost', inFile: 'Type it in again, and save as CSV UTF-8.' },
  spreadsheet_date: { title: 'A date that a spreadsheet may have made', inFile: 'Look at the cell.' },
  phone_plus_added: { title: 'A + was put before the number', inFile: 'Nothing to do, if the number is right.' },
  phone_extension_dropped: { title: 'The extension is not sent', inFile: 'Put it in the notes, if you need it.' },
  phone_fax_left_out: { title: 'A fax number is not sent', inFile: 'Nothing to do.' },
  invalid_money: ofValue("The amount can't be read", 'Write a plain number.'),
  money_ambiguous: {
    title: 'An amount that can be read in two ways',
    inFile: 'Write it without separators.',
    control: 'Or choose the decimal mark under “Columns”.',
  },
  money_too_precise: { title: 'An amount with too many digits', inFile: 'Round it to cents.' },
  invalid_date: ofValue("The date can't be read", 'Write it as yyyy-mm-dd.'),
  date_ambiguous: {
    title: 'A date that can be read in two ways',
    inFile: 'Write it as yyyy-mm-dd.',
    control: 'Or choose whether the day or the month comes first under “Columns”.',
  },
  date_year_ambiguous: { title: 'A date with two digits for its year', inFile: 'Write the year with four digits.' },
  invalid_number: ofValue("The number can't be read", 'Write a plain number.'),
  invalid_boolean: ofValue('Neither yes nor no', 'Write yes or no.'),
  no_linkedin_url: ofValue('Not the address of a LinkedIn profile', 'Correct the address.'),
  unknown_stage: { title: 'No such pipeline stage', inFile: 'Write the stage as Clarky spells it.' },
  shared_phone: {
    title: 'One phone, different names or e-mails',
    inFile: 'If it is one person, write both e-mails into one cell; if not, give each their own number.',
    flag: '--shared-phone omit',
    control: 'Or send different people without the number: choose so under “What to send”.',
    leavesOut: true,
  },
  shared_phone_omitted: { title: 'A shared phone was left out', inFile: 'Nothing to do.' },
  shared_email: {
    title: 'One e-mail, different names',
    inFile: 'Give each their own address.',
    flag: '--shared-email merge',
    control: 'Or send them as one contact: choose so under “What to send”.',
    orWithout: { words: 'or without the address', flag: '--shared-email omit' },
  },
  duplicate: {
    title: 'The same contact several times',
    inFile: 'Leave one of the rows.',
    flag: '--duplicates merge',
    control: 'Or fold them into one: choose so under “What to send”.',
  },
  shared_email_omitted: { title: 'A shared e-mail was left out', inFile: 'Nothing to do.' },
  merged_in_clarky: {
    title: 'Clarky took two people for one',
    inFile: 'Look at that contact in Clarky, and give each row an e-mail and a phone of its own.',
  },
  same_in_clarky: {
    title: 'The same person as another row, in Clarky',
    inFile: 'Make one row of the two, with all of their e-mails and phones.',
  },
  second_in_clarky: {
    title: 'Clarky has it twice now',
    inFile: 'Look at both contacts in Clarky, and leave one of them.',
    flag: '--retry-rejected once one is left',
  },
  unseen_in_clarky: { title: 'The key may not see it in Clarky', inFile: 'Import with a key that may read contacts.' },
  other_bot: {
    title: 'Another bot has it in Clarky',
    inFile: 'Leave the row out, or give the contact to this bot in Clarky.',
    flag: '--bot',
  },
  dropped_by_clarky: {
    title: 'Clarky did not keep it, or not all of it',
    inFile: 'Look at those contacts in Clarky: to verify the list shows what each has.',
  },
  not_kept: {
    title: 'Clarky did not keep the e-mail or the phone',
    inFile: 'Correct it, and delete the contact that Clarky has made of it.',
  },
  put_away_in_clarky: {
    title: 'Deleted or archived in Clarky',
    inFile: 'Bring that contact back in Clarky, or leave the row out.',
    flag: '--retry-rejected',
  },
  corrected_elsewhere: { title: 'Corrected otherwise in a rejects file', inFile: 'Correct it here as there.' },
  corrected_in_list: { title: 'Corrected otherwise in the list', inFile: 'Correct it in the list, if at all.' },
  deleted_in_clarky: {
    title: 'Deleted in Clarky since it was imported',
    inFile: 'Leave the row out.',
    flag: '--restore-deleted',
    control: 'Or make it anew: tick “Send again what was sent before”.',
  },
  reads_behind: { title: 'Clarky does not show yet what it holds now', inFile: 'Import again in a few minutes.' },
  rejected_earlier: {
    title: 'Clarky rejected it in an earlier run',
    inFile: 'Correct the row.',
    flag: '--retry-rejected',
    control: 'Or send it again as it is: tick “Send again what Clarky rejected before”.',
  },
  second_value_unused: {
    title: 'A second value for one field was not used',
    inFile: 'Nothing to do.',
    control: 'Make the column a custom field under “Columns” to keep both.',
  },
  full_name_unused: { title: 'A full name of somebody else', inFile: 'Where it is right, correct the others.' },
  placeholder_phone: { title: "A number that is nobody's", inFile: 'Write the real number, or empty the cell.' },
  several_people: {
    title: 'Perhaps several people in one row',
    inFile: 'Give each a row, with an e-mail or a phone of their own.',
  },
  firm_as_name: { title: 'A firm in the place of a name', inFile: 'Nothing to do.' },
  first_of_several: { title: 'Only the first of several values was used', inFile: 'Nothing to do.' },
  formula_without_result: {
    title: 'A formula without a result',
    inFile: 'Open the workbook in a spreadsheet and save it again.',
  },
  cell_still_blank: {
    title: 'A cell that could not be read, and is blank still',
    inFile: 'Type it in; or empty import_message to send the row without it.',
  },
  broken_cell: { title: 'A cell whose text is not in the workbook', inFile: 'Save it again from a spreadsheet.' },
  broken_card: { title: 'A card without an end', inFile: 'Export the cards again, or add END:VCARD.' },
  broken_object: { title: 'An object that is no JSON', inFile: 'Export it again, or correct it.' },
  validation_error: { title: 'Clarky rejected a value', inFile: 'Correct the row, then import again.' },
  no_readable_code: { title: 'Clarky rejected it', inFile: 'Correct the row, then import again.' },
  wrong_cell_count: { title: 'Too few or too many cells', inFile: 'Correct the row: it may lack a quotation mark.' },
  other_table: { title: 'A row of another table', inFile: 'Put each table into a file or a sheet of its own.' },
  bad_quote: { title: 'A stray quotation mark', inFile: 'Double it ("") where it belongs to the text.' },
  unclosed_quote: { title: 'A quotation mark that is never closed', inFile: 'Close it.' },
  record_too_large: { title: 'A row too large to be one', inFile: 'Look for a quotation mark that is never closed.' },
};

/** What helps with problems of this code; for one that only Clarky knows, that it says so. */
export function remedyOf(code: string): Remedy {
  const known = Object.hasOwn(REMEDIES, code) ? REMEDIES[code] : undefined;
  return known ?? { title: `Clarky rejected it: ${code}`, inFile: 'Correct the row, then import again.' };
}

/** Without what settles nothing. @param canDoWithout false where none of the rows could be sent without what is wrong */
function helpWith(code: string, canDoWithout: boolean): Remedy {
  const { control, orWithout, ...always } = remedyOf(code);
  if (control === undefined || (always.leavesOut === true && !canDoWithout)) return always;
  return canDoWithout && orWithout !== undefined ? { ...always, control, orWithout } : { ...always, control };
}

/** What to do, in words for the page: no option of the command line is ever named. */
export function remedyOnPage(code: string, canDoWithout = true): string {
  const { inFile, control, orWithout } = helpWith(code, canDoWithout);
  const words = inFile.replace('then import again', 'then send it again');
  if (control === undefined) return words;
  return `${words} ${orWithout === undefined ? control : bothWays(control, orWithout.words)}`;
}

/** What to do, for a reader of a report, who has neither options nor the page before them. */
export function remedyInReport(code: string, canDoWithout = true): string {
  const { inFile, control, orWithout } = helpWith(code, canDoWithout);
  if (control === undefined) return inFile;
  return `${inFile} ${withoutPlace(orWithout === undefined ? control : bothWays(control, orWithout.words))}`;
}

/** What settles it for all rows: in words, with which option, and where on the page; none where nothing does as it stands. */
export function waysOut(code: string, canDoWithout = true): Readonly<Record<'words' | 'option' | 'place', string>>[] {
  const { flag, control, orWithout } = helpWith(code, canDoWithout);
  if (flag?.startsWith('--') !== true || control === undefined || /[A-Z]/.test(flag)) return [];
  const place = /“[^”]+”/.exec(control)?.[0] ?? '“Plan”';
  const first = { words: withoutPlace(control), option: flag, place };
  if (orWithout === undefined) return [first];
  return [first, { words: `Or send them ${orWithout.words.replace(/^or /, '')}.`, option: orWithout.flag, place }];
}

/** Both choices, before the place where they are made. */
function bothWays(control: string, other: string): string {
  return control.replace(':', `, ${other}:`);
}

/** Without where on the page it is chosen. */
function withoutPlace(control: string): string {
  return control.replace(/(?::| under) .*(?=\.)/, '');
}
