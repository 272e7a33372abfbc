/** The names of Clarky's fields, and why a column became one of them, for those who never see a mapping file. */

const FIELD_WORDS: Readonly<Record<string, string>> = {
  first_name: 'First name',
  last_name: 'Last name',
  name: 'Full name (split in two)',
  emails: 'E-mail',
  phone_numbers: 'Phone',
  company: 'Company',
  job_title: 'Job title',
  lead_source: 'Lead source',
  contact_type: 'Contact type',
  tags: 'Tags',
  deal_value: 'Deal value',
  address_line1: 'Address, line 1',
  address_line2: 'Address, line 2',
  city: 'City',
  state: 'State',
  postal_code: 'Postal code',
  country: 'Country',
  linkedin_url: 'LinkedIn',
  notes: 'Notes',
  pipeline_stage: 'Pipeline stage (by name)',
  pipeline_stage_id: 'Pipeline stage (by id)',
  company_id: 'Company (by id)',
  calling_code: 'Calling code of the phone beside it',
  area_code: 'Area code of the phone beside it',
  phone_country: 'Country of the phone beside it',
  bot_id: 'Bot',
};

/** A field as a person knows it: `First name`, `Custom field: Plan`. */
export function fieldInWords(field: string): string {
  const known = Object.hasOwn(FIELD_WORDS, field) ? FIELD_WORDS[field] : undefined;
  return known ?? field.replace(/^custom(?::|_fields\.)/, 'Custom field: ');
}

/** Why a column is what it is, without a word of the mapping file or of an option. */
export function columnReason(reason: string): string {
  if (/^the mapping file says so/.test(reason)) return 'it was decided so';
  if (/^the mapping file leaves it/.test(reason)) return 'it was left open';
  if (/^new: not in the mapping file/.test(reason)) return 'it was not there when the columns were decided';
  return reason
    .replace(
      /^looks like (.+?)(, but is not called so)?$/,
      (_, names: string, isNamed?: string) =>
        `its values look like ${names.split(' or ').map(fieldInWords).join(' or ')}${isNamed === undefined ? '' : ', its name does not'}`,
    )
    .replace('the bot is chosen with --bot', 'it names a bot of Clarky: all contacts go to the one that is chosen')
    .replace(/ if you name it in a mapping file$/, ' if you choose a field for it')
    .replace(/: see --[a-z-]+$/, '');
}

/** The same of a column that the file gives no name. */
export function namelessReason(reason: string): string {
  return columnReason(withoutName(reason));
}

/** A reason of a column that the file gives no name: what it is called was made by us, and says nothing. */
export function withoutName(reason: string): string {
  if (reason === 'its name') return 'its values';
  if (reason === 'no field of Clarky has this name') return 'the file gives it no name, and its values do not tell';
  return reason.replace(/, but is not called so$/, '');
}
