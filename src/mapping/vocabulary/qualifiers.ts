/** Words beside a name that say which one it is: work, home, primary, mobile. Data alone; compared like the aliases. */

export type Qualifier =
  | 'business'
  | 'home'
  | 'other'
  | 'mailing'
  | 'billing'
  | 'shipping'
  | 'default'
  | 'company'
  | 'primary'
  | 'secondary'
  | 'mobile'
  | 'filler';

/** Longer phrases come first within a list only for the reader: every way to read a header is tried. */
export const QUALIFIER_NAMES: Readonly<Record<Qualifier, string>> = {
  business:
    'business; work; institutional; institucional; institutionnel; institutionnelle; istituzionale; corporativo; corporativa; académico; university; uni; campus; academic; direct; office; job; professional; daytime; day; geschäftlich; geschäftl; geschäft; dienstlich; dienstl; beruflich; berufl; arbeit; büro; bureau; ' +
    'professionnel; professionnelle; pro; travail; trabajo; del trabajo; laboral; oficina; profesional; trabalho; comercial; endereço comercial; do endereço comercial; profissional; ' +
    'ufficio; uff; lavoro; di lavoro; lavorativo; werk; op werk; werkadres; adres werk; zakelijk; kantoor; służbowy; adres służbowy; praca; biuro; firmowy; arbete; arbejde; adresse arbejde; ' +
    'iş; раб; раб адрес; рабочий; рабочая; служ адрес; 会社; 勤務先; 회사; práca; do práce; zamestnania; do zamestnania; työpaikan; työ; jobb; arbeids; biznesowy; iş yeri; ofis; офис; офисный; служебный; 工作; 公司; 办公; 办公室; 單位; 会社; 勤務先; 職場; 직장; 사무실; عمل; العمل; مكتب; कार्यालय',
  company:
    'company; de la compañía; compañía; corporate; firma; firmen; unternehmen; société; entreprise; empresa; da empresa; azienda; aziendale; bedrijf; företag; organization; organisation; hq; headquarters',
  home:
    'home; personal; private; residential; residence; résidence; de résidence; bostads; bopæls; bosteds; wohn; hem; hemma; evening; privat; priv; zuhause; privatadresse; domicile; personnel; personnelle; perso; privé; privée; maison; casa; de casa; particular; domicilio; domicilio particular; del domicilio; residencia; de residencia; ' +
    'donde vive; residencial; endereço residencial; do endereço residencial; pessoal; residência; de residência; abitazione; ab; di casa; di residenza; residenza; personale; privato; thuis; huisadres; adres thuis; ' +
    'prive; persoonlijk; domowy; adres domowy; dom; prywatny; hem; ev; дом; дом адрес; домашний; домашняя; личный; 自宅; 집; domov; kodin; koti; hjem; hjemme; privat; bostad; bopæl; zamieszkania; residência; domiciliar; 家庭; 住宅; 家; 个人; 個人; 자택; 집; 개인; منزل; المنزل; شخصي; गृह; घर का; आवास',
  other:
    'other; alternate; alternative; alternativ; alternativer; alternativen; public; alt; additional; weitere; weiterer; weiteres; weiteres r; weiteres e; andere; anderer; sonstige; sonstiges; autre; otro; otra; otros; altro; altra; ander; anders; ander adres; inny; inna; inny adres; outro; outra; ' +
    'annan; annat; anden; andet; diğer; другой; другой адрес; альтернативный; その他; 別の; iný; iná; iné; additionnel; extra',
  secondary:
    'non primary; nonprimary; recovery; backup; secondary; second; tertiary; third; backup; zweite; zweites; sekundäre; secondaire; secundario; secundaria; secundário; secundária; secondario; secondaria; tweede; dodatkowy; sekundær; alternativo; alternativa; toissijainen; sekundär; altern; ikincil; второй; вторая; дополнительный; дополнительная; ďalšia; ثانوي; إضافي; 次要; 备用; 추가; द्वितीयक',
  primary:
    'primary; main; preferred; principal; haupt; primäre; primärer; bevorzugte; principale; primaire; primario; primaria; primário; primária; hoofd; eerste; primær; glówny; główny; podstawowy; основной; ensisijainen; primárny; ' +
    'birincil; best; ensisijaisen; viktigaste; primaer; основная; главный; 主要; 默认; 首选; 主; 기본; 대표; أساسي; رئيسي; प्राथमिक',
  mobile:
    'mobile; cell; cellular; cellphone; cell phone; mobil; handy; mobiltel; mobiltelefon; portable; móvil; celular; telemóvel; cellulare; mobiel; mobiele; gsm; komórkowy; komórka; telefonu komórkowego; cep; matkapuhelin; mobilný; mobilní; мобильный; ' +
    'сотовый; сотового; переносной; 携帯; 手机; 手機; 移动; 휴대; 모바일; جوال; محمول; موبايل; kännykkä; mobilnummer; mob; mobilen; moviles; celulares',
  mailing: 'mailing; mail; po; postal; address mail; post; correspondence; contact address; current',
  billing:
    'billing; bill; bill to; invoice; invoicing; rechnung; rechnungs; facturation; facturación; faturamento; fatturazione; factuur; card',
  shipping:
    'shipping; ship; ship to; delivery; liefer; lieferung; livraison; envío; entrega; spedizione; verzend; aflever',
  default:
    'physical; physical address; default address; default; primary address; location; primary location; main location',
  filler:
    'the; of; my; your; number; numbers; num; nbr; numarası; nro; numret; номер; رقم; عنوان; 号码; 號碼; 号; 番号; 번호; 地址; 情報; id; ids; s; line; dettagli; details; no; nr; num; nummer; numer; numéro; número; numero; номер; de; del; de la; d; do; da; di; du; des; der; die; das; la; le; el; für; den; op; w; value; address; adresse; addr',
};
