/** What in a list speaks for the country of its numbers: ends of addresses, postal codes, money, the header's language. Data, and pure. */

/** Ends of addresses that stand for anything but the country that they were given to. */
const ANYWHERE = new Set('ai cc cd co eu fm gg io la ly me nu sh to tv vc ws'.split(' '));

/** The country of the end of an e-mail address. */
export function countryOfAddress(cell: string): string | undefined {
  const end = /@[^@\s]+\.([a-z]{2})\W*$/i.exec(cell)?.[1]?.toLowerCase();
  if (end === undefined || ANYWHERE.has(end)) return undefined;
  return end === 'uk' ? 'GB' : end.toUpperCase();
}

/** Words of a header of contacts, by language: it stands for the country that speaks it most. */
const HEADER_WORDS: Readonly<Record<string, RegExp>> = {
  DE: /^(vorname|nachname|plz|stra(ß|ss)e|ort|telefon|festnetz|mobil(telefon)?|handy|firma|anrede)$/i,
  FR: /^(pr[ée]nom|nom|t[ée]l[ée]phone|portable|soci[ée]t[ée]|entreprise|code postal|ville|civilit[ée])$/i,
  ES: /^(nombre|apellidos?|tel[ée]fono|m[óo]vil|empresa|c[óo]digo postal|ciudad|correo( electr[óo]nico)?|direcci[óo]n|provincia)$/i,
  IT: /^(nome|cognome|telefono|cellulare|azienda|cap|citt[àa]|indirizzo)$/i,
  NL: /^(voornaam|achternaam|telefoon|mobiel|bedrijf|woonplaats|plaats)$/i,
  PL: /^(imi[ęe]|nazwisko|telefon kom[óo]rkowy|miasto|kod pocztowy)$/i,
  PT: /^(primeiro nome|apelido|telem[óo]vel|c[óo]digo postal|localidade)$/i,
  BR: /^(nome completo|sobrenome|celular|telefone|cep|bairro|cidade|endere[çc]o|cpf)$/i,
  SE: /^(f[öo]rnamn|efternamn|f[öo]retag|postnummer|postort|mobiltelefon)$/i,
  DK: /^(fornavn|efternavn|virksomhed|by|postnr\.?|mobil)$/i,
  NO: /^(fornavn|etternavn|bedrift|poststed|postnummer|mobil)$/i,
  FI: /^(etunimi|sukunimi|puhelin(numero)?|yritys|postinumero|kaupunki|matkapuhelin)$/i,
  TR: /^(ad[ıi]?|soyad[ıi]?|telefon(u)?|cep telefonu|[şs]irket|[şs]ehir|il|il[çc]e|posta kodu|e-?posta)$/i,
  CZ: /^(jm[ée]no|p[řr][íi]jmen[íi]|telefon|mobil|firma|m[ěe]sto|ps[čc])$/i,
  HU: /^(n[ée]v|vezet[ée]kn[ée]v|keresztn[ée]v|telefonsz[áa]m|c[ée]g|v[áa]ros|ir[áa]ny[íi]t[óo]sz[áa]m)$/i,
  RO: /^(nume|prenume|telefon|companie|firm[ăa]|ora[șşs]|jude[țţt]|cod po[șşs]tal)$/i,
  RU: /^(имя|фамилия|отчество|телефон|фио|компания|город|индекс)$/i,
  UA: /^(ім'я|ім’я|прізвище|по батькові|телефон|компанія|місто|індекс)$/i,
  GR: /^(όνομα|επώνυμο|ονοματεπώνυμο|τηλέφωνο|κινητό|εταιρεία|πόλη|τ\.?κ\.?)$/i,
  JP: /^(氏名|姓|名|お名前|フリガナ|電話番号|携帯電話|会社名|都道府県|郵便番号|メールアドレス)$/,
  CN: /^(姓名|手机|手机号|手机号码|电话|公司|邮箱|省份|城市|邮编)$/,
  TW: /^(姓名|手機|手機號碼|電話|公司|電子郵件|縣市|郵遞區號)$/,
  KR: /^(이름|성명|전화번호|휴대폰|휴대전화|회사|이메일|우편번호)$/,
};
/** From here on words of a header are no chance. */
const FEWEST_WORDS = 2;

/** The countries whose language the header has. What a language that has more of its words has as well is no word of another. */
export function countriesOfHeader(header: readonly string[]): string[] {
  const names = header.map((name) => name.trim());
  const languages = Object.entries(HEADER_WORDS).map(([country, words]) => ({
    country,
    has: names.filter((name) => words.test(name)),
  }));
  return languages.flatMap(({ country, has }) => {
    const stronger = languages.filter((other) => other.has.length > has.length);
    const own = has.filter((name) => !stronger.some((other) => other.has.includes(name)));
    return own.length >= FEWEST_WORDS ? [country] : [];
  });
}

/** Postal codes that one country alone writes so. */
const POSTAL_CODES: readonly (readonly [string, RegExp])[] = [
  ['GB', /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/i],
  ['CA', /^[A-CEGHJ-NPR-TVXY]\d[A-Z] ?\d[A-Z]\d$/i],
  ['NL', /^[1-9]\d{3} [A-Z]{2}$/i],
  ['IE', /^(?:[AC-FHKNPRTV-Y]\d\d|D6W) ?[\dAC-FHKNPRTV-Y]{4}$/i],
  ['PL', /^\d{2}-\d{3}$/],
  ['PT', /^\d{4}-\d{3}$/],
  ['BR', /^\d{5}-\d{3}$/],
  ['JP', /^〒?\d{3}-\d{4}$/],
  ['US', /^\d{5}-\d{4}$/],
];

export function countryOfPostalCode(cell: string): string | undefined {
  return POSTAL_CODES.find(([, form]) => form.test(cell.trim()))?.[0];
}

/** Money that one country has: signs and codes beside an amount. A dollar and a euro say nothing. */
const MONEY: readonly (readonly [string, RegExp])[] = [
  ['GB', /£|GBP/],
  ['PL', /zł|PLN/],
  ['CZ', /Kč|CZK/],
  ['TR', /₺|TRY/],
  ['IN', /₹|INR/],
  ['BR', /R\$|BRL/],
  ['CH', /CHF/],
  ['RU', /₽|RUB/],
  ['UA', /₴|UAH/],
  ['HU', /\bFt\b|HUF/],
  ['IL', /₪|ILS/],
  ['KR', /₩|KRW/],
  ['NG', /₦|NGN/],
  ['PH', /₱|PHP/],
  ['VN', /₫|VND/],
  ['US', /US\$|USD/],
  ['CA', /CA\$|CAD/],
  ['AU', /A\$|AUD/],
  ['NZ', /NZ\$|NZD/],
  ['SG', /S\$|SGD/],
  ['MX', /MX\$|MXN/],
  ['ZA', /ZAR/],
  ['SE', /SEK/],
  ['NO', /NOK/],
  ['DK', /DKK/],
  ['RO', /RON/],
  ['JP', /JPY/],
  ['CN', /CNY|RMB/],
  ['AE', /AED/],
  ['SA', /SAR/],
];
const AMOUNT = /^[^\d]{0,5}-?\d[\d.,' \u00a0\u202f]*[^\d]{0,5}$/;

/** The country of an amount's money; undefined for what is no amount, or in money that several countries have. */
export function countryOfAmount(cell: string): string | undefined {
  const text = cell.trim();
  if (text.length > 24 || !AMOUNT.test(text) || /^[\d.,\s+()-]*$/.test(text)) return undefined;
  return MONEY.find(([, sign]) => sign.test(text))?.[0];
}

/** States by the codes that one country alone has. */
const STATES: readonly (readonly [string, ReadonlySet<string>])[] = [
  [
    'US',
    new Set(
      'AK AZ CO CT DC FL GA HI IA ID IL IN KS KY LA MD ME MI MN MO NC ND NE NH NJ NM NV NY OH OK OR RI TX UT VA VT WI WV WY'.split(
        ' ',
      ),
    ),
  ],
  ['CA', new Set('AB BC MB NB NL NS ON PE QC SK YT'.split(' '))],
  ['AU', new Set('NSW VIC QLD TAS ACT'.split(' '))],
];

export function countryOfState(cell: string): string | undefined {
  return STATES.find(([, codes]) => codes.has(cell.trim()))?.[0];
}
