let names: Intl.DisplayNames | undefined;

/** The name of a country by its ISO 3166-1 alpha-2 code: `Austria`. Read when the first is asked for, since that takes 10 ms. */
export function nameOfCountry(code: string): string {
  names ??= new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });
  return names.of(code) ?? code;
}
