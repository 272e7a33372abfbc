/** Month names and their usual abbreviations, without accents and dots, in the languages whose exports are known. */
const NAMES: readonly string[] = [
  'january jan januar janner jaenner janvier janv enero ene janeiro gennaio gen januari',
  'february feb februar fevrier fevr fev febrero fevereiro febbraio febr februari',
  'march mar marz maerz mrz mars marzo marco maart mrt',
  'april apr avril avr abril abr aprile',
  'may mai mayo maio maggio mag mei',
  'june jun juni juin junio junho giugno giu',
  'july jul juli juillet juil julio julho luglio lug',
  'august aug aout agosto ago augustus',
  'september sep sept septembre septiembre setiembre set setembro settembre sett',
  'october oct oktober okt octobre octubre outubro out ottobre ott',
  'november nov novembre noviembre novembro',
  'december dec dezember dez decembre diciembre dic dezembro dicembre',
];

const BY_NAME: ReadonlyMap<string, number> = new Map(
  NAMES.flatMap((names, index) => names.split(' ').map((name): [string, number] => [name, index + 1])),
);

/** The month (1 to 12) of a name in English, German, French, Spanish, Portuguese, Italian or Dutch, or undefined. */
export function monthOfName(name: string): number | undefined {
  return BY_NAME.get(name.normalize('NFKD').replace(/\p{M}/gu, '').replace(/\./g, '').toLowerCase());
}
