/** Words for people. */

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
};

export function fieldInWords(field: string): string {
  return FIELD_WORDS[field] ?? field.replace(/^custom:/, 'Custom field: ');
}

export function countryInWords(code: string): string {
  return new Intl.DisplayNames(['en'], { type: 'region' }).of(code) ?? code;
}

export function bytesInWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`;
  return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
}

export function dayInWords(ms: number): string {
  return new Date(ms).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

export function percentInWords(rate: number): string {
  if (rate === 0 || rate === 1) return `${rate * 100} %`;
  return `${Math.min(99, Math.max(1, Math.round(rate * 100)))} %`;
}
