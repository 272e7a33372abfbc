/** Words that stand around a name. Compared without dots, in lower case. */

/** Before a name, and nobody's first name. `Don`, `Lady`, `M.` and `Fr.` are left out: Don Johnson, M. Night Shyamalan. */
const HONORIFICS = new Set(
  (
    'dr prof professor professeur profesor professore mr mrs ms mx miss mister sir dame rev reverend hon ' +
    'herr frau hr dipl-ing diplom-ingenieur mag ing ddr monsieur madame mademoiselle mme mlle maitre ' +
    'señor señora señorita sr sra srta doña dña dra drª prof dott dottssa dottoressa sig sigra signor signora ' +
    'senhor senhora dhr mevr mevrouw meneer mw drs heer'
  ).split(' '),
);

/** After a name: degrees and orders. Never words that are names too (`Ma`, `Do`). */
const CREDENTIALS = new Set(
  'phd dphil md mba msc bsc mphil llm llb jd esq esquire cpa cfa rn dds dmd dvm edd pmp obe mbe cbe qc kc frcs pe pharmd meng beng'.split(
    ' ',
  ),
);

/** Degrees that are names as well, so they count only after a comma. */
const CREDENTIALS_AFTER_COMMA = new Set('ma ba do bs ms np pa rd be me dc od'.split(' '));

/** After a name and part of it: they tell a father from his son. */
const GENERATIONS = new Set('jr sr ii iii iv'.split(' '));

/** Words that make `Acme, Inc.` a company. */
const COMPANY_FORMS = new Set(
  'inc llc ltd limited corp corporation co plc llp lp gmbh ag kg ohg ug se sa sas sarl srl spa bv nv ab oy as aps pty'.split(
    ' ',
  ),
);

/** Between first and last name, beginning the last name. */
const PARTICLES = new Set(
  (
    'van von vom zu zum zur der den dem de del della delle degli dei di da dal dalla do dos das du des d la las le les lo los ' +
    'ter ten te tot ver op het bin ibn bint ben abu al el af av st saint san santa mac mc'
  ).split(' '),
);

/** Join two last names: Ortega y Gasset, Puig i Cadafalch, Costa e Silva. */
const CONNECTORS = new Set(['y', 'i', 'e']);

/** Join two people: `John & Mary Smith`, `Herr und Frau Schmidt`. */
const JOINERS = new Set('& + and und et y e en och og i ja ve и'.split(' '));

/** What a firm is by law, in whatever case; nobody is called so. */
const LEGAL_FORMS = new Set(
  (
    'inc llc ltd limited plc llp lllp pllc corp corporation incorporated gmbh ggmbh gesmbh mbh kgaa ohg sarl sàrl eurl sasu srl srls sprl bvba kft zrt nyrt doo dooel pvt pty bhd sdn ltda lda eireli eirl unipessoal ' +
    'oyj aktiengesellschaft kommanditgesellschaft aktiebolag şti a/s i/s k/s p/s ооо оао зао пао еоод тов тоо епе επε ικε'
  )
    .toLowerCase()
    .split(' '),
);
/** In front of the name: `ООО Ромашка`. */
const LEGAL_FORMS_IN_FRONT = new Set('ооо оао зао пао ао ано тов тоо'.split(' '));
/** As they are written, and in no other case: `Acme Oy`, never Ann OY. */
const LEGAL_FORMS_AS_WRITTEN = new Set([
  'S/A',
  'Sp.j.',
  'sp.j.',
  'Sp.k.',
  'sp.k.',
  'Oy',
  'ApS',
  'SpA',
  'SpZoo',
  'Co.',
  'OÜ',
  'UAB',
  'Tbk',
  'АО',
  'ООД',
  'ДОО',
]);
/** With a dot behind each letter, where the letters alone may be a name: `Sp. z o.o.`, `s.r.o.`, `A.Ş.` */
const LEGAL_FORMS_DOTTED = new Set(['OO', 'SRO', 'AŞ', 'DD', 'AD', 'SKA', 'SPJ', 'SPK', 'KS', 'RL', 'KFT', 'BT', 'ΑΕ']);
/** In scripts without blanks. */
const LEGAL_FORMS_INSIDE =
  /^(?:株式会社|有限会社|合同会社|㈱|주식회사|\(주\)|\(株\))|(?:株式会社|有限会社|合同会社|㈱|有限公司|有限责任公司|股份公司|주식회사|\(주\)|\(株\))$/u;

/** Ends the name of a firm, in whatever case. */
const FIRM_ENDINGS = new Set(
  (
    'ev stiftung verein genossenschaft ' +
    'foundation association society university holdings holding group services solutions systems technologies technology consulting partners hospital council ministry company enterprises industries ' +
    'associates trust restaurant hotel logistics ventures properties realty plumbing electrical construction constructions ' +
    'school schools college academy institute dept department clinic ministries museum library gallery agency committee federation federación asociación fundación associação fundação associazione fondazione vereniging stichting förening schule hochschule universität gymnasium école lycée collège escuela colegio instituto escola scuola liceo ' +
    'pizza farm farms store stores shop shops salon bakery cafe café diner grill inn motel depot center centre motors garage landscaping roofing siding builders contractors supply electric bank apotheke ' +
    'kirchengemeinde sparkasse volksbank krankenhaus klinik'
  ).split(' '),
);
/** Names of people as well, so that they end a firm only in capitals or with dots: `Muster AG`, `Acme S.A.`, never `Joana Sá`. */
const FIRM_ENDINGS_IN_CAPITALS = new Set(
  'AG KG UG SE SA SAS SPA BV NV AB OY OYJ AS ASA APS LP LLP CO CORP PTE SL SLU CV OOO ZAO KK BHD'.split(' '),
);

/** Begin or end the name of a household: `The Smith Family`, `Familie Müller`. */
const HOUSEHOLDS = new Set(
  'family familie famille familia família famiglia gezin familjen familien rodzina fam household residence eheleute ehepaar perhe ailesi семья'.split(
    ' ',
  ),
);

function bare(word: string): string {
  return word.replace(/[.,]/g, '').toLowerCase();
}

export const isHonorific = (word: string): boolean => HONORIFICS.has(bare(word));
/** Which doctor it is: `Dr. med.`, `Dr. rer. nat.`, `Dr. h.c.` */
const AFTER_DOCTOR = new Set('med dent jur iur rer nat phil oec pol vet habil hc theol soz agr ing h c'.split(' '));

export const isHonorificAfterDoctor = (word: string): boolean => word.endsWith('.') && AFTER_DOCTOR.has(bare(word));
export const isCredential = (word: string): boolean => CREDENTIALS.has(bare(word));
/** Whether every word of a segment after a comma is a degree: `PhD`, `M.A.`, `MD PhD`. */
export const areCredentials = (segment: string): boolean =>
  segment.split(/\s+/).every((word) => isCredential(word) || CREDENTIALS_AFTER_COMMA.has(bare(word)));
export const isGeneration = (word: string): boolean => GENERATIONS.has(bare(word));
export const isCompanyForm = (segment: string): boolean => COMPANY_FORMS.has(bare(segment).replace(/\s/g, ''));
export const isParticle = (word: string): boolean => PARTICLES.has(bare(word).replace(/['’]/g, ''));
const FIRM_BEGINNINGS = new Set(
  'hotel hôtel restaurant ristorante pizzeria trattoria praxis kanzlei autohaus apotheke gasthof pension studio stadt gemeinde landkreis stadtwerke sparkasse volksbank café rechtsanwälte'.split(
    ' ',
  ),
);

export const beginsFirm = (word: string): boolean => FIRM_BEGINNINGS.has(bare(word));
export const isJoiner = (word: string): boolean => JOINERS.has(word.toLowerCase());
export const isHousehold = (word: string): boolean => HOUSEHOLDS.has(bare(word));
/** Whether the last word says that the name is a firm's; in a name all in capitals `AG` and `SA` do not. */
export const endsFirm = (word: string, isAllCapitals: boolean): boolean =>
  FIRM_ENDINGS.has(word.replace(/[.,()]/g, '').toLowerCase()) || isLegalForm(word, isAllCapitals);
/** Whether the last word is what a firm is by law: `Ltd`, `S.A.`, `AG`. */
export const isLegalForm = (word: string, isAllCapitals: boolean): boolean => {
  const letters = word.replace(/[.,()]/g, '');
  if (LEGAL_FORMS.has(letters.toLowerCase()) || LEGAL_FORMS_AS_WRITTEN.has(letters)) return true;
  if (LEGAL_FORMS_AS_WRITTEN.has(word)) return true;
  const isDotted = /^(?:\p{L}\.){2,}\p{L}?$/u.test(word);
  const capitals = letters.toUpperCase();
  if (isDotted) return LEGAL_FORMS_DOTTED.has(capitals) || FIRM_ENDINGS_IN_CAPITALS.has(capitals);
  return FIRM_ENDINGS_IN_CAPITALS.has(capitals) && letters === capitals && !isAllCapitals;
};
/** Whether the first word is what a firm is by law: `ООО`. */
export const isLegalFormInFront = (word: string): boolean => LEGAL_FORMS_IN_FRONT.has(bare(word));
/** Forms of several words, the last of which says nothing by itself: `Sp. z o. o.`, `a. s.`, `Ltda - ME`. */
const LEGAL_PHRASES =
  /(?<= )(?:sp\. ?z ?o\. ?o\.?|sp\. [jkp]\.|a\. s\.|s\. ?r\. ?o\.|d\. o\. o\.|s\. a\.|ltda\.? -? ?(?:me|epp))$/iu;
export const holdsLegalForm = (text: string): boolean => LEGAL_FORMS_INSIDE.test(text) || LEGAL_PHRASES.test(text);
/** A firm's name without the form that is written into it in scripts without blanks. */
export const withoutLegalForm = (text: string): string => text.replace(LEGAL_FORMS_INSIDE, '');
export const isConnector = (word: string): boolean => CONNECTORS.has(word);

/** Names of Mary and the saints, which follow a first name: "Maria das Graças", "Francisca das Chagas". */
const DEVOTIONS: ReadonlySet<string> = new Set(
  'graças gracas dores chagas neves mercês merces candeias carmo socorro rosário rosario rocio bom céu ceu amparo livramento desterro perpétuo conceição conceicao luz penha glória gloria guia soledade piedade saúde saude ajuda paz'.split(
    ' ',
  ),
);

/** Begins two Portuguese surnames: "dos Santos Souza". */
export const beginsSurnames = (word: string, next: string): boolean =>
  /^(?:d[ao]s?)$/i.test(word) && !DEVOTIONS.has(next.toLowerCase());
