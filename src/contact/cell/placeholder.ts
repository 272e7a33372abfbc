/** Cells that only say that there is no value. Compared in lower case, as a whole. */

const WORDS =
  // Programs and spreadsheets.
  'n/a|na|n.a.|n/a.|(n/a)|[n/a]|<n/a>|none|(none)|[none]|<none>|null|(null)|[null]|<null>|nil|undefined|(undefined)|\\n|(blank)|[blank]|<blank>|blank|(empty)|[empty]|<empty>|empty|(not set)|[not set]|not set|(unknown)|' +
  '[unknown]|unknown|unkn|unk|unspecified|not specified|not available|not applicable|not provided|not given|not known|not found|no data|no value|no info|no entry|no answer|not stated|not disclosed|missing|tbd|tba|tbc|t.b.d.|t.b.a.|to be determined|to be confirmed|to be advised|' +
  'does not apply|nothing|no email|no e-mail|no phone|no number|no name|noname|no company|no address|xxx|xxxx|xxxxx|#n/a|#ref!|#value!|#div/0!|#name?|#num!|#null!|#error!|#spill!|#calc!|#field!|#getting_data|#unknown!|' +
  // German, with Excel's own.
  'keine|kein|ohne|k.a.|k. a.|k.a|keine angabe|keine angaben|ohne angabe|unbekannt|nicht bekannt|nicht vorhanden|nicht angegeben|entfällt|(leer)|nichts|fehlt|#nv|#bezug!|#wert!|#zahl!|' +
  // French.
  'aucun|aucune|inconnu|inconnue|néant|neant|vide|(vide)|non renseigné|non renseignée|non communiqué|non disponible|non applicable|sans objet|s.o.|s/o|n.c.|#valeur!|#nom?|#nombre!|#n/d|' +
  // Spanish, Portuguese, Italian.
  'ninguno|ninguna|desconocido|desconocida|vacío|vacio|(vacío)|(en blanco)|no disponible|no aplica|sin datos|sin dato|no consta|no tiene|sin información|s/d|s/n|n/d|#¡ref!|#¡valor!|#¿nombre?|#¡num!|#¡div/0!|' +
  'nenhum|nenhuma|desconhecido|desconhecida|vazio|(vazio)|não disponível|não informado|não informada|nao informado|não se aplica|sem dados|sem informação|não tem|#valor!|#nome?|' +
  'nessuno|nessuna|sconosciuto|sconosciuta|vuoto|(vuoto)|non specificato|non specificata|n.d.|nessun dato|#rif!|#valore!|' +
  // Dutch, Scandinavian, Polish, Finnish, Turkish.
  'geen|onbekend|leeg|(leeg)|n.v.t.|nvt|niet van toepassing|niet bekend|niet beschikbaar|niet opgegeven|#n/b|#verw!|#waarde!|#naam?|#getal!|ingen|inget|okänd|okänt|saknas|ej angivet|uppgift saknas|ej tillämpligt|' +
  '#saknas!|#referens!|#värdefel!|ukendt|ukjent|intet|mangler|ikke oplyst|ikke oppgitt|ikke relevant|i/t|#i/t|#værdi!|#reference!|brak|brak danych|nieznany|nieznana|nieznane|nie dotyczy|puste|nie podano|#adr!|#arg!|#nazwa?|' +
  'tuntematon|ei tiedossa|puuttuu|tyhjä|ei ole|#puuttuu!|#viittaus!|#arvo!|yok|bilinmiyor|belirtilmemiş|boş|mevcut değil|#yok|#başv!|#değer!|' +
  // Russian, Arabic, Chinese, Japanese, Korean.
  'нет|нет данных|неизвестно|неизвестен|не указано|не указан|н/д|отсутствует|пусто|#н/д|#ссылка!|#знач!|لا يوجد|غير معروف|غير متوفر|غير محدد|فارغ|无|無|未知|暂无|不详|空|未填写|没有|不適用|不适用|なし|無し|ナシ|不明|該当なし|未記入|未定|空欄|없음|미상|해당 없음|해당없음|알 수 없음|미정';

/** "No phone", "sin teléfono", "kein Handy": a word for no, and what there is none of. */
const NONE_OF: readonly (readonly [none: string, things: string])[] = [
  [
    'no|without',
    'phone|phone number|telephone|tel|mobile|cell|cell phone|landline|number|email|e-mail|email address|mail|address|company|employer|name|contact|website',
  ],
  [
    'kein|keine|ohne',
    'telefon|telefonnummer|nummer|handy|handynummer|mobil|mobilnummer|email|e-mail|mail|mailadresse|e-mail-adresse|emailadresse|adresse|firma|name',
  ],
  [
    'pas de|sans|aucun|aucune',
    'téléphone|telephone|tél|tel|portable|mobile|mail|courriel|numéro|numero|entreprise|société|nom|prénom|adresse',
  ],
  ["pas d’|pas d'", 'email|e-mail|adresse|entreprise'],
  [
    'sin|no tiene|ningún',
    'teléfono|telefono|celular|móvil|movil|número|numero|correo|email|e-mail|mail|empresa|dirección|direccion|nombre|apellido|apellidos',
  ],
  [
    'sem|não tem|nao tem|nenhum',
    'telefone|celular|telemóvel|número|numero|email|e-mail|mail|empresa|endereço|nome|sobrenome',
  ],
  ['senza|nessun|nessuna', 'telefono|cellulare|numero|email|e-mail|mail|azienda|indirizzo|nome'],
  ['geen', 'telefoon|telefoonnummer|mobiel|nummer|email|e-mail|mail|e-mailadres|mailadres|adres|bedrijf|naam'],
  [
    'ingen|inget|utan|uden|uten',
    'telefon|telefonnummer|mobil|e-post|epost|email|e-mail|mail|adress|adresse|företag|firma|navn|namn',
  ],
  ['brak|bez', 'telefonu|numeru|maila|e-maila|emaila|adresu|firmy|nazwiska'],
  ['ei', 'puhelinta|puhelinnumeroa|sähköpostia|osoitetta|yritystä|nimeä'],
  ['нет|без', 'телефона|номера|почты|email|e-mail|мейла|адреса|компании|имени|фамилии'],
];

const PHRASES = NONE_OF.flatMap(([none, things]) =>
  none
    .split('|')
    .flatMap((no) => things.split('|').map((thing) => (/['’]$/.test(no) ? `${no}${thing}` : `${no} ${thing}`))),
);
/** Turkish says it behind the thing. */
const BEHIND = 'telefon yok|numara yok|e-posta yok|eposta yok|mail yok|email yok|adres yok|şirket yok'.split('|');

const KNOWN: ReadonlySet<string> = new Set([...WORDS.split('|'), ...PHRASES, ...BEHIND]);
/** The longest of them. */
const LONGEST = Math.max(...[...KNOWN].map((word) => word.length));
const ONLY_SIGNS = /^(?:[-–—−_=~]{1,6}|[.…]{1,4}|\?{1,4}|\/|\\)$/;
/** Beside a first name these are names: Jennifer Null, Bai Na. */
const SURNAMES: ReadonlySet<string> = new Set([
  'Null',
  'Nil',
  'Na',
  'Geen',
  'Blank',
  'Missing',
  'Yok',
  'Ingen',
  'Brak',
  '空',
  '無',
]);

/** Lengths by the first letter, in lower case: nearly every cell is told apart by them, without making a text of it. */
const LENGTHS = new Map<number, Set<number>>();
for (const word of [...KNOWN, 'nan']) {
  const first = word.charCodeAt(0);
  LENGTHS.set(first, (LENGTHS.get(first) ?? new Set()).add(word.length));
}

function mayBeOne(text: string): boolean {
  const code = text.charCodeAt(0);
  const isCapital = code >= 0x41 && code <= 0x5a;
  const isLetterOrDigit = isCapital || (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);
  if (!isLetterOrDigit) return true;
  return LENGTHS.get(isCapital ? code + 0x20 : code)?.has(text.length) === true;
}

/** Whether cleaned text only says that there is no value (`-`, `n/a`, `none`, `k.A.`, `#REF!`), so the cell counts as blank. */
export function isPlaceholder(text: string): boolean {
  if (text.length > LONGEST || !mayBeOne(text)) return false;
  return KNOWN.has(text.toLowerCase()) || ONLY_SIGNS.test(text) || text === 'NaN' || text === 'nan';
}

/** "x" and "No" in the place of an e-mail or a phone: somebody had to write something. */
const NONE_GIVEN =
  /^(?:x{1,15}|no|nope|nein|non|nej|nee|nei|não|nao|nie|private|privat|privé|privado|withheld|refused|declined|not required|prefer not to say)$/i;

/** Whether a text in the place of an e-mail or a phone says that there is none. */
export function saysNone(text: string): boolean {
  return text.length <= 20 && NONE_GIVEN.test(text);
}

/** As `isPlaceholder`, for a part of a name: people are called Null, Na and Blank. */
export function isNoName(text: string): boolean {
  if (SURNAMES.has(text)) return false;
  // "N/A N/A", where somebody put two columns together.
  return isPlaceholder(text) || (text.includes(' ') && text.split(' ').every((word) => word !== '' && isNoName(word)));
}

/** Before the @, whatever the domain: the address says that there is none. */
const NOBODY =
  /^(?:no[._-]?(?:e?[._-]?mail|mail|address|one|body)|none?(?:[._-]?(?:given|provided|e?mail))?|null|unknown|unbekannt|not[._-]?(?:available|provided|known|applicable|given)|(?:does)?n[o']?t[._-]?have(?:[._-]?e?mail)?|kein(?:e)?[._-]?(?:e?[._-]?mail)?|pas[._-]?d[e]?[._-]?(?:e?mail|adresse)|sans[._-]?(?:e?mail|adresse)|aucun|sin[._-]?(?:e?mail|correo)|no[._-]?tiene|ninguno|sem[._-]?(?:e?mail)|n[aã]o[._-]?tem|nenhum|nessun[ao]?|senza[._-]?e?mail|geen[._-]?(?:e?mail)?|onbekend|ingen[._-]?(?:e?mail|e?post)?|saknas|brak|nie[._-]?ma|eiole|yok|placeholder|your[._-]?(?:e?mail|name)|(?:do[._-]?not|dont|don't)[._-]?(?:e?mail|have(?:[._-]?e?mail)?))\d{0,3}$/;
/** Behind the @: a domain that says that there is no address, whoever stands before it. */
const NO_DOMAIN = /^(?:no[-_]?(?:e?-?mail|address)|noemailaddress|noemailprovided|notprovided|nomail)\.[a-z]{2,6}$/;
/** The same before and behind the @: nobody's address. */
const DUMMIES: ReadonlySet<string> = new Set(
  'test tests testing tester asdf asd qwerty qwe abc xyz aaa aa a b c x xx xxx xxxx foo bar email e-mail user name sample dummy fake example na n-a no nil 1 11 111 123 1234 12345 0 00 000 temp default blank empty nowhere invalid someone none noemail nomail'.split(
    ' ',
  ),
);

const DOT = 0x2e;

/** Whether an address is nobody's: noemail@…, none@…, test@test…, your.email@… */
export function isPlaceholderAddress(email: string): boolean {
  const at = email.lastIndexOf('@');
  const local = email.slice(0, at);
  if (NOBODY.test(local)) return true;
  const end = at + 1 + local.length;
  if (NO_DOMAIN.test(email.slice(at + 1).toLowerCase())) return true;
  const isRepeated = email.startsWith(local, at + 1) && (end === email.length || email.charCodeAt(end) === DOT);
  return isRepeated && DUMMIES.has(local);
}
