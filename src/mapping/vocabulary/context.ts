/** Words that stand around a name in a header and do not change what it means. Data alone; compared like the aliases. */

/** Questions, politeness, articles, remarks. Never a word that could be a name or a qualifier by itself. */
export const NOISE_WORDS =
  'hi; hello; hey; there; first things first; with us; called; registered; represent; you represent; live; live in; lives; based; based in; located; located in; where; working; preferably; ideally; so we; that you; you d like; if you have one; if known; if available; main contact s; digits; without spaces; no spaces; no dashes; international format; ' +
  'what; whats; what s; which; is; s; are; was; your; yours; you; u; ur; please; pls; kindly; enter; provide; type in; write; fill in; fill; insert; give; give us; tell us; state your; specify; confirm; the; a; an; of; for; to; at; on; in; with; and; or; me; my; i; we; us; our; it; do; does; can we; can you; can i; could; ' +
  'be; this; that; here; below; above; valid; correct; best; reach; reached; contacted; use; used; using; required; optional; mandatory; if any; any; if applicable; applicable; if different; eg; e g; ex; i e; incl; including; include; with country code; with area code; with code; with prefix; current; own; their; his; her; s name; ' +
  'c; r; field; question; q; answer; response; text; input; str; string; val; data; s s; new; raw; formatted; normalized; verified; clean; ' +
  'wie; dir; können; könnten; dürfen; am besten; lautet; ist; dein; deine; deinen; ihr; ihre; ihren; euer; eure; bitte; angeben; eingeben; geben; sie; ein; eine; einen; unter; welcher; welche; welchem; erreichen; wir; dich; kann; man; mit; und; oder; von; zum; zur; pflichtfeld; falls; vorhanden; freiwillig; arbeiten; arbeitest; wohnen; wohnst; mit vorwahl; mit ländervorwahl; mit landesvorwahl; inkl; inklusive; in; du; bei; ' +
  'quel; quelle; quels; quelles; est; votre; vos; ton; ta; tes; veuillez; indiquer; indiquez; saisir; saisissez; entrez; renseigner; merci; et; ou; un; une; du; des; les; à; avec; obligatoire; facultatif; si; applicable; où; travaillez; travailles; habitez; habites; vous; tu; dans; chez; avec indicatif; ' +
  'cuál; cual; es; tu; su; sus; tus; por; favor; ingrese; ingresa; introduzca; introduce; escriba; escribe; indique; indica; los; las; el; un; una; con; obligatorio; opcional; si aplica; donde; dónde; vives; trabajas; trabaja; vive; qué; que; en; con prefijo; con lada; ' +
  'qual; é; e; seu; sua; teu; tua; o; os; as; um; uma; informe; digite; insira; escreva; preencha; com; obrigatório; se; houver; para; onde; em; que; trabalha; trabalhas; mora; moras; você; com ddd; com ddi; opcional; preferencial; ' +
  'il; lo; tuo; suo; vostro; vostra; inserisci; inserire; scrivi; indicare; per; favore; un; gli; obbligatorio; facoltativo; è; sono; con prefisso; con; lavori; lavora; dove; abiti; abita; vivi; quale; in; ' +
  'welk; welke; bij; werk je; werkt u; werkt; woont; woon je; met landcode; met netnummer; wat; je; jouw; uw; vul; hier; graag; een; het; en; van; voor; verplicht; optioneel; indien; beschikbaar; vad; är; din; ditt; dina; ange; skriv; vänligen; och; obligatorisk; valfritt; frivilligt; frivillig; valfri; bor; arbetar; jobbar; arbejder; arbeider; vilken; vilket; vilka; hvilken; hvilket; i; på; du; med landskod; med landekode; hvad; hva; er; dit; indtast; skriv; venligst; og; valgfri; ' +
  'jaki; jaka; jakie; jest; twój; twoja; twoje; podaj; proszę; wpisz; i; lub; mikä; on; sinun; syötä; anna; ja; pakollinen; valinnainen; opcjonalnie; wymagane; mieszkasz; pracujesz; w jakim; w jakiej; z kierunkowym; z numerem kierunkowym; missä; asut; työskentelet; hangi; yaşıyorsunuz; çalışıyorsunuz; в; каком; вы; живете; работаете; с кодом; с кодом страны; nedir; lütfen; giriniz; adresiniz nedir; girin; yazınız; ve; zorunlu; sizin; ваш; ваша; ваше; ваши; твой; твоя; укажите; введите; напишите; какой; какая; какое; пожалуйста; и; или; для; ' +
  'ما; هو; هي; من فضلك; أدخل; يرجى; الخاص; بك; الخاصة; 您的; 你的; 请; 请输入; 請輸入; 请填写; 請填寫; 是; 什么; 什麼; 的; 必填; 选填; 選填; 本人; あなたの; お; ご; の; を; は; 入力してください; ご入力ください; 必須; 任意; 何ですか; 귀하의; 당신의; 입력; 입력해주세요; 한글; 漢字; 漢字氏名; フルネーム; ハイフンなし; 半角; 全角; 半角数字; 半角英数; 필수; 선택; 은; 는; 이; 가; 무엇입니까';

/** Who or what the columns are about, where that is the contact: "Customer Email", "Person › Phone", "can2_phone". */
export const SUBJECT_WORDS =
  'contact; contacts; élève; alumno; alumna; studente; alunno; alunna; schüler; schülerin; leerling; elev; uczeń; öğrenci; backer; pledger; urn; head of household; householder; head; contact details; contact detail; contact information; contact info; contact data; primary contact; main contact; key contact; contact person; person; people; persons; personal details; personal info; personal information; individual; lead; leads; prospect; customer; customers; cust; client; clients; subscriber; member; members; ' +
  'user; users; account user; profile; record; entry; form; details; info; information; basic info; general; crm; can2; can2 user; wp; woo; mc; hs; sf; custom; customfield; custom field; properties; property; attribute; attributes; fields; meta; contact numbers; contact ids; name parts; identity; demographics; respondent; submitter; contributor; giver; cardholder; ' +
  'applicant; candidate; candidates; student; pupil; patient; donor; supporter; constituent; voter; volunteer; resident; tenant; employee; staff; staff member; worker; colleague; player; athlete; visitor; user account; registrant; registered user; delegate; fan; follower; viewer; ' +
  'kontakt; kontakte; kontaktdaten; kontaktperson; ansprechpartner; kunde; kunden; person; personen; teilnehmer; teilnehmerin; mitglied; mitglieder; interessent; bewerber; spender; gast; nutzer; benutzer; contacts; client; adhérent; membre; participant; personne; utilisateur; abonné; donateur; ' +
  'contacto; cliente; clientes; persona; participante; asistente al evento; miembro; socio; usuario; suscriptor; contato; pessoa; membro; usuário; assinante; aluno; contatto; contatti; cliente; partecipante; iscritto; utente; membro; referente; contact; klant; deelnemer; lid; gebruiker; relatie; ' +
  'kontaktperson; kund; deltagare; medlem; kunde; deltager; klient; klienta; kontaktu; uczestnik; członek; yhteyshenkilö; asiakas; osallistuja; jäsen; kişi; müşteri; katılımcı; üye; контакт; клиент; участник; контактное лицо; العميل; جهة الاتصال; المشترك; 联系; 联系人; 聯絡; 聯絡人; 客户; 客戶; 顾客; 会员; 會員; 用户; 個人; 个人; 学生; ' +
  '連絡先; 担当者; ご担当者; 顧客; お客様; 会員; 参加者; 고객; 연락처; 회원; 담당자; 참가자';

/** Things that belong to somebody: their e-mail, phone and first name are that person's, their name is the thing's. */
export const THING_WORDS =
  'po; purchase order; billing; bill; bill to; invoice to; ticket; tickets; order; orders; purchase; registration; booking; reservation; appointment; subscription; submission; signup; sign up; rsvp; checkout; payment; transaction; sale; invoice; donation; gift; enquiry; inquiry; request; conversation; case; event; webinar; membership; application; enrollment; enrolment; ' +
  'bestellung; buchung; anmeldung; commande; réservation; inscription; pedido; reserva; inscripción; inscrição; ordine; prenotazione; iscrizione; bestelling; boeking; inschrijving; beställning; bokning; bestilling; zamówienie; tilaus; sipariş; заказ; 订单; 訂單; 注文; 주문';

/**
 * Roles of people who stand in one row with another: the first of these groups that has an e-mail or a phone is the contact,
 * the others are left out. A column without a role counts as the first group.
 */
export const ROLE_WORDS: readonly (readonly [rank: number, words: string])[] = [
  [
    0,
    'ticket; attendee; participant; registrant; guest; invitee; delegate; member; student; patient; candidate; applicant; passenger; traveller; traveler; rider; player; recipient of gift; teilnehmer; participante; partecipante; deelnemer; deltagare; deltager; uczestnik; osallistuja; katılımcı; участник; 参加者; 参会者; 참가자',
  ],
  [
    1,
    'order; purchase; purchaser; buyer; payer; payor; orderer; booker; booking; checkout; payment; from; donor; customer billing; käufer; besteller; acheteur; commande; comprador; pedido; acquirente; ordine; koper; besteller; köpare; køber; kupujący; ostaja; alıcı; покупатель; 买家; 購入者; 구매자',
  ],
  [
    2,
    'to; bill to; invoice to; rechnungsempfänger; recipient; shipping; ship; ship to; delivery; gift recipient; payee; beneficiary; sender; seller; merchant; receiver; empfänger; absender; verkäufer; destinataire; expéditeur; vendeur; destinatario; remitente; vendedor; destinatário; remetente; venditore; mittente; ontvanger; afzender; verkoper; mottagare; avsändare; modtager; odbiorca; nadawca; 收件人; 发件人; 受取人',
  ],
  [
    3,
    'tenant; tenants; renter; lessee; homeowner; driver; requester; requestor; mieter; mieterin; fahrer; locataire; chauffeur; inquilino; inquilina; arrendatario; conductor; locatário; motorista; conduttore; autista; huurder; hyresgäst; lejer; leietaker; najemca; vuokralainen; kiracı',
  ],
  [
    4,
    'agent; broker; realtor; teacher; coach; trainer; instructor; advisor; adviser; vendor; supplier; host; organizer; organiser; speaker; sponsor; makler; vertreter; lehrer; agence; courtier; agente; corredor; profesor; corretor; professor; docente; makelaar; docent; mäklare; lärare',
  ],
  [
    5,
    'landlord; lessor; property manager; building manager; guarantor; cosigner; co signer; co applicant; coapplicant; co borrower; coborrower; co buyer; cobuyer; co owner; coowner; co signatory; spouse; attorney; lawyer; solicitor; counsel; paralegal; doctor; dr; gp; physician; pediatrician; paediatrician; dentist; vet; veterinarian; nurse; therapist; counselor; counsellor; caseworker; case worker; social worker; probation officer; parole officer; ' +
      'pharmacy; pharmacist; hospital; clinic; insurance; insurer; insurance company; mortgage company; lender; loan officer; title company; hotel; venue; kin; next of kin; nok; ice; in case of emergency; mom; mum; dad; mothers; fathers; stepmother; stepfather; son; daughter; brother; sister; sibling; grandparent; grandmother; grandfather; grandma; grandpa; uncle; aunt; relative; nanny; babysitter; sitter; neighbor; neighbour; ' +
      'pickup; pick up; authorized pickup; fiance; fiancee; girlfriend; boyfriend; referee; reference; references; accountant; bookkeeper; executor; trustee; power of attorney; interviewer; captain; affiliate; support; help desk; helpdesk; reception; front desk; alternate person; person to notify; notify person; ' +
      'billing contact; accounts payable; ap contact; accounting contact; accounts contact; technical contact; tech contact; admin contact; administrative contact; site contact; on site contact; onsite contact; event contact; ' +
      'arzt; ärztin; hausarzt; hausärztin; zahnarzt; kinderarzt; tierarzt; vermieter; vermieterin; hausverwaltung; hausmeister; bürge; anwalt; rechtsanwalt; rechtsanwältin; notar; steuerberater; ehegatte; ehegattin; lebensgefährte; lebensgefährtin; lebenspartner; lebenspartnerin; angehörige; angehöriger; bezugsperson; großeltern; großmutter; großvater; oma; opa; sohn; tochter; bruder; schwester; nachbar; nachbarin; mama; papa; vormund; bevollmächtigter; klassenlehrer; klassenlehrerin; vertrauensperson; abholberechtigt; abholberechtigte; abholperson; pflegedienst; krankenkasse; versicherung; ' +
      'médecin; médecin traitant; pédiatre; dentiste; infirmier; infirmière; vétérinaire; pharmacie; personne à prévenir; personne à contacter; personne de confiance; à prévenir; à contacter; accompagnant; accompagnateur; accompagnatrice; nourrice; assistante maternelle; baby sitter; gardien; gardienne; concierge; fils; fille; frère; sœur; soeur; grand mère; grand père; grands parents; voisin; voisine; bailleur; garant; caution; notaire; avocat; avocate; syndic; comptable; hôtel; maman; compagnon; compagne; concubin; mutuelle; enseignant; enseignante; éducateur; ' +
      'médico; medico; doctor; pediatra; dentista; veterinario; arrendador; casero; aval; fiador; abogado; abogada; notario; gestor; familiar; pareja; novio; novia; hijo; hija; hermano; hermana; abuelo; abuela; abuelos; vecino; vecina; niñera; ayudante; secretaria; secretario; persona a avisar; avisar a; persona a contactar; referencia; referencias; acompañante; apoderado; maestro; maestra; hospital; aseguradora; ' +
      'médica; veterinário; locador; senhorio; avalista; advogado; advogada; contador; tabelião; cônjuge; filho; filha; irmão; irmã; avô; avó; avós; vizinho; vizinha; babá; recado; recados; parente; acompanhante; referência; encarregado de educação; seguradora; ' +
      'medico curante; pediatra; locatore; garante; avvocato; commercialista; amministratore; notaio; compagno; compagna; figlio; figlia; fratello; sorella; nonno; nonna; nonni; vicino; vicina; persona da avvisare; persona da contattare; accompagnatore; tutore; parente; insegnante; ' +
      'huisarts; arts; dokter; tandarts; dierenarts; apotheek; verhuurder; borg; advocaat; boekhouder; notaris; verzorger; mantelzorger; zoon; dochter; broer; zus; opa; buur; buren; buurman; buurvrouw; oppas; wettelijk vertegenwoordiger; ' +
      'läkare; tandläkare; vårdnadshavare; målsman; hyresvärd; borgensman; advokat; mamma; pappa; mormor; farmor; granne; kontaktperson anhörig; læge; tandlæge; udlejer; værge; mor; far; naboer; nabo; lege; tannlege; utleier; forelder; verge; ' +
      'lekarz; lekarza; dentysta; matki; matka; ojca; ojciec; opiekun; opiekuna; rodzica; rodzice; rodziców; babcia; dziadek; sąsiad; prawnik; adwokat; najemcy; wynajmujący; poręczyciel; współmałżonek; lääkäri; äiti; isä; vuokranantaja; naapuri; ' +
      'doktor; doktoru; anne; anne baba; baba; eşi; kefil; ev sahibi; avukat; yakını; yakın; acil; врач; врача; мама; мамы; папа; папы; отца; матери; мужа; жены; бабушка; дедушка; сосед; адвокат; арендодатель; поручитель; 医生; 房东; 律师; 母亲电话; 医師; 医療機関; 家主; 의사; 집주인',
  ],
];

/** Whose phone and e-mail may be those of a house and not of the person who works or learns there: never taken for granted. */
export const PLACE_WORDS =
  'location phone; location email; employer; school; store; shop; branch; church; parish; agency; university office; workplace; arbeitgeber; schule; kindergarten; kita; filiale; pfarrei; hochschule; employeur; école; lycée; collège; crèche; magasin; paroisse; secrétariat; empleador; patrón; colegio; escuela; guardería; tienda; sucursal; parroquia; empregador; escola; creche; loja; datore di lavoro; scuola; asilo; negozio; parrocchia; werkgever; winkel; kerk; opvang; crèche; arbetsgivare; skola; skole; arbejdsgiver; arbeidsgiver; butik; pracodawca; pracodawcy; szkoła; szkoły; työnantaja; koulu; işveren; okul; работодатель; работодателя; школа; школы; 学校; 雇主; 학교';

/** The person to speak to at a firm: the contact, unless the row names somebody as well. */
export const CONTACT_PERSON_WORDS =
  'contact person; ansprechpartner; ansprechpartnerin; ansprechperson; kontaktperson; interlocuteur; personne de contact; persona de contacto; pessoa de contato; persona di contatto; persona di riferimento; referente; contactpersoon; osoba kontaktowa; yhteyshenkilö; ilgili kişi; контактное лицо';

/** Words of an invoice: beside the contact's own e-mail or phone they are those of whoever pays. */
export const PAYER_WORDS =
  'billing; bill; invoice; invoicing; rechnung; rechnungs; facturation; facturación; faturamento; fatturazione; factuur; faktura';
