/** ISO 3166-1: each alpha-2 code with its alpha-3 code; and Kosovo's, which are user-assigned. */
const ISO_CODES =
  'ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB ' +
  'BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR ' +
  'BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR ' +
  'CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK ' +
  'FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS ' +
  'GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN ' +
  'ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO ' +
  'LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD ' +
  'MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER ' +
  'NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM ' +
  'PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP ' +
  'SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF ' +
  'TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY ' +
  'UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM XKXKX YEYEM YTMYT ZAZAF ZMZMB ZWZWE';

const LANGUAGES = ['en', 'de', 'fr', 'es', 'pt', 'it', 'nl'];

/** Names in use that neither ISO nor CLDR lists. A name that two countries go by (`Congo`, `Korea`) is not here. */
const ALIASES: Readonly<Record<string, string>> = {
  usa: 'US',
  'u s a': 'US',
  'u s': 'US',
  america: 'US',
  'united states of america': 'US',
  'vereinigte staaten von amerika': 'US',
  'etats unis d amerique': 'US',
  'estados unidos da america': 'US',
  'estados unidos de america': 'US',
  eeuu: 'US',
  'ee uu': 'US',
  'e u a': 'US',
  'stati uniti d america': 'US',
  'verenigde staten van amerika': 'US',
  uk: 'GB',
  'u k': 'GB',
  britain: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  grossbritannien: 'GB',
  'grande bretagne': 'GB',
  'gran bretana': 'GB',
  'gra bretanha': 'GB',
  'gran bretagna': 'GB',
  'groot brittannie': 'GB',
  engeland: 'GB',
  angleterre: 'GB',
  inglaterra: 'GB',
  inghilterra: 'GB',
  holland: 'NL',
  hollande: 'NL',
  holanda: 'NL',
  olanda: 'NL',
  'czech republic': 'CZ',
  tschechei: 'CZ',
  'tschechische republik': 'CZ',
  'republique tcheque': 'CZ',
  'republica checa': 'CZ',
  'repubblica ceca': 'CZ',
  russia: 'RU',
  'russian federation': 'RU',
  'south korea': 'KR',
  'republic of korea': 'KR',
  'north korea': 'KP',
  uae: 'AE',
  'u a e': 'AE',
  vae: 'AE',
  eau: 'AE',
  turkey: 'TR',
  turkiye: 'TR',
  macedonia: 'MK',
  'ivory coast': 'CI',
  burma: 'MM',
  swaziland: 'SZ',
  'cape verde': 'CV',
  vatican: 'VA',
  'hong kong': 'HK',
  macau: 'MO',
  macao: 'MO',
  taiwan: 'TW',
  'viet nam': 'VN',
  'republic of ireland': 'IE',
  eire: 'IE',
  brd: 'DE',
  'federal republic of germany': 'DE',
  'bundesrepublik deutschland': 'DE',
  osterreich: 'AT',
  oesterreich: 'AT',
  schweiz: 'CH',
  suisse: 'CH',
  svizzera: 'CH',
  espana: 'ES',
  polska: 'PL',
  sverige: 'SE',
  norge: 'NO',
  danmark: 'DK',
  suomi: 'FI',
  magyarorszag: 'HU',
  cesko: 'CZ',
  hellas: 'GR',
  'slovak republic': 'SK',
  'peoples republic of china': 'CN',
  'p r china': 'CN',
};

/** Letters on cars that are no code of ISO 3166-1, for countries whose addresses use them. */
const CAR_CODES: Readonly<Record<string, string>> = {
  A: 'AT',
  B: 'BE',
  D: 'DE',
  E: 'ES',
  F: 'FR',
  FL: 'LI',
  H: 'HU',
  I: 'IT',
  L: 'LU',
  N: 'NO',
  P: 'PT',
  S: 'SE',
  SLO: 'SI',
};

/** The country of the letters that its cars bear (`D`, `A`), in capitals: for a column of countries alone. */
export function readCarCode(cell: string): string | undefined {
  const letters = cell.trim();
  return Object.hasOwn(CAR_CODES, letters) ? CAR_CODES[letters] : undefined;
}

/** Two countries go by it, and CLDR's short names give it to one of them. */
const AMBIGUOUS = 'congo';

let codesByName: Map<string, string> | undefined;
let languagesRead = 0;

/**
 * The ISO 3166-1 alpha-2 code of a country given by its alpha-2 or alpha-3 code or by its name in English, German, French,
 * Spanish, Portuguese, Italian or Dutch (CLDR) or as people write it (`U.S.A.`, `England`, `Holland`); undefined where
 * the cell names no country. Accents, case and punctuation make no difference.
 */
export function readCountry(cell: string): string | undefined {
  const key = comparable(cell);
  if (key === '' || key === AMBIGUOUS) return undefined;
  codesByName ??= codesAndAliases();
  // A language's names take 10 ms, so each is read when a name is not known yet. No name means two countries in two of them.
  for (;;) {
    const code = codesByName.get(key);
    const language = LANGUAGES[languagesRead];
    if (code !== undefined || language === undefined) return code;
    languagesRead += 1;
    addNames(language, codesByName);
  }
}

function comparable(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/ß/g, 'ss').replace(/&/g, ' and ');
  return plain
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()
    .replace(/^the /, '');
}

function codesAndAliases(): Map<string, string> {
  const codes = new Map<string, string>();
  for (const [name, code] of Object.entries(ALIASES)) codes.set(comparable(name), code);
  for (const [alpha2, alpha3] of isoCodes()) {
    codes.set(alpha2.toLowerCase(), alpha2);
    codes.set(alpha3.toLowerCase(), alpha2);
  }
  return codes;
}

/** Adds the names that CLDR has in a language; codes and aliases that are there already go before them. */
function addNames(language: string, codes: Map<string, string>): void {
  for (const style of ['long', 'short'] as const) {
    const names = new Intl.DisplayNames(language, { type: 'region', style, fallback: 'none' });
    for (const [code] of isoCodes()) {
      const name = comparable(names.of(code) ?? code);
      if (!codes.has(name)) codes.set(name, code);
    }
  }
}

function isoCodes(): (readonly [alpha2: string, alpha3: string])[] {
  return ISO_CODES.split(' ').map((pair) => [pair.slice(0, 2), pair.slice(2)] as const);
}
