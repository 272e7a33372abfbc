/** Words that stand around a name in a header and do not change what it means. Data alone; compared like the aliases. */

/** Questions, politeness, articles, remarks. Never a word that could be a name or a qualifier by itself. */
export const NOISE_WORDS =
  'registered; represent; you represent; live; live in; lives; based; based in; located; located in; where; working; preferably; ideally; so we; that you; you d like; if you have one; if known; if available; main contact s; digits; without spaces; no spaces; no dashes; international format; ' +
  'what; whats; what s; which; is; s; are; was; your; yours; you; u; ur; please; pls; kindly; enter; provide; type in; write; fill in; fill; insert; give; give us; tell us; state your; specify; confirm; the; a; an; of; for; to; at; on; in; with; and; or; me; my; i; we; us; our; it; do; does; can we; can you; can i; could; ' +
  'be; this; that; here; below; above; valid; correct; best; reach; reached; contacted; use; used; using; required; optional; mandatory; if any; any; if applicable; applicable; if different; eg; e g; ex; i e; incl; including; include; with country code; with area code; current; own; their; his; her; s name; ' +
  'c; r; field; question; q; answer; response; text; input; str; string; val; data; s s; new; raw; formatted; normalized; verified; clean; ' +
  'wie; dir; können; könnten; dürfen; am besten; lautet; ist; dein; deine; deinen; ihr; ihre; ihren; euer; eure; bitte; angeben; eingeben; geben; sie; ein; eine; einen; unter; welcher; welche; welchem; erreichen; wir; dich; kann; man; mit; und; oder; von; zum; zur; pflichtfeld; falls; vorhanden; freiwillig; arbeiten; arbeitest; wohnen; wohnst; mit vorwahl; mit ländervorwahl; inkl; inklusive; in; ' +
  'quel; quelle; quels; quelles; est; votre; vos; ton; ta; tes; veuillez; indiquer; indiquez; saisir; saisissez; entrez; renseigner; merci; et; ou; un; une; du; des; les; à; avec; obligatoire; facultatif; si; applicable; où; travaillez; habitez; vous; avec indicatif; ' +
  'cuál; cual; es; tu; su; sus; tus; por; favor; ingrese; ingresa; introduzca; introduce; escriba; escribe; indique; indica; los; las; el; un; una; con; obligatorio; opcional; si aplica; donde; dónde; vives; trabajas; trabaja; con prefijo; con lada; ' +
  'qual; é; e; seu; sua; teu; tua; o; os; as; um; uma; informe; digite; insira; escreva; preencha; com; obrigatório; se; houver; para; onde; trabalha; mora; você; opcional; preferencial; ' +
  'il; lo; tuo; suo; vostro; vostra; inserisci; inserire; scrivi; indicare; per; favore; un; gli; obbligatorio; facoltativo; è; sono; con prefisso; con; lavori; lavora; dove; abiti; vivi; ' +
  'wat; je; jouw; uw; vul; hier; graag; een; het; en; van; voor; verplicht; optioneel; indien; beschikbaar; vad; är; din; ditt; dina; ange; skriv; vänligen; och; obligatorisk; valfritt; frivilligt; frivillig; valfri; bor; arbetar; jobbar; hvad; hva; er; dit; indtast; skriv; venligst; og; valgfri; ' +
  'jaki; jaka; jakie; jest; twój; twoja; twoje; podaj; proszę; wpisz; i; lub; mikä; on; sinun; syötä; anna; ja; pakollinen; valinnainen; opcjonalnie; wymagane; mieszkasz; pracujesz; nedir; lütfen; giriniz; adresiniz nedir; girin; yazınız; ve; zorunlu; sizin; ваш; ваша; ваше; ваши; твой; твоя; укажите; введите; напишите; какой; какая; какое; пожалуйста; и; или; для; ' +
  'ما; هو; هي; من فضلك; أدخل; يرجى; الخاص; بك; الخاصة; 您的; 你的; 请; 请输入; 請輸入; 请填写; 請填寫; 是; 什么; 什麼; 的; 必填; 选填; 選填; 本人; あなたの; お; ご; の; を; は; 入力してください; ご入力ください; 必須; 任意; 何ですか; 귀하의; 당신의; 입력; 입력해주세요; 한글; 漢字; 漢字氏名; フルネーム; ハイフンなし; 半角; 全角; 半角数字; 半角英数; 필수; 선택; 은; 는; 이; 가; 무엇입니까';

/** Who or what the columns are about, where that is the contact: "Customer Email", "Person › Phone", "can2_phone". */
export const SUBJECT_WORDS =
  'contact; contacts; head of household; householder; head; contact details; contact detail; contact information; contact info; contact data; primary contact; main contact; key contact; contact person; person; people; persons; personal details; personal info; personal information; individual; lead; leads; prospect; customer; customers; cust; client; clients; subscriber; member; members; ' +
  'user; users; account user; profile; record; entry; form; details; info; information; basic info; general; crm; can2; can2 user; wp; woo; mc; hs; sf; custom; customfield; custom field; properties; property; attribute; attributes; fields; meta; contact numbers; contact ids; name parts; identity; demographics; respondent; submitter; ' +
  'applicant; candidate; candidates; student; pupil; patient; donor; supporter; constituent; voter; volunteer; resident; tenant; employee; staff; staff member; worker; colleague; player; athlete; visitor; user account; registrant; registered user; delegate; fan; follower; viewer; ' +
  'kontakt; kontakte; kontaktdaten; kontaktperson; ansprechpartner; kunde; kunden; person; personen; teilnehmer; teilnehmerin; mitglied; mitglieder; interessent; bewerber; spender; gast; nutzer; benutzer; contacts; client; adhérent; membre; participant; personne; utilisateur; abonné; donateur; ' +
  'contacto; cliente; clientes; persona; participante; asistente al evento; miembro; socio; usuario; suscriptor; contato; pessoa; membro; usuário; assinante; aluno; contatto; contatti; cliente; partecipante; iscritto; utente; membro; referente; contact; klant; deelnemer; lid; gebruiker; relatie; ' +
  'kontaktperson; kund; deltagare; medlem; kunde; deltager; klient; klienta; kontaktu; uczestnik; członek; yhteyshenkilö; asiakas; osallistuja; jäsen; kişi; müşteri; katılımcı; üye; контакт; клиент; участник; контактное лицо; العميل; جهة الاتصال; المشترك; 联系; 联系人; 聯絡; 聯絡人; 客户; 客戶; 顾客; 会员; 會員; 用户; 個人; 个人; 学生; ' +
  '連絡先; 担当者; ご担当者; 顧客; お客様; 会員; 参加者; 고객; 연락처; 회원; 담당자; 참가자';

/** Things that belong to somebody: their e-mail, phone and first name are that person's, their name is the thing's. */
export const THING_WORDS =
  'po; purchase order; billing; bill to; invoice to; ticket; tickets; order; orders; purchase; registration; booking; reservation; appointment; subscription; submission; signup; sign up; rsvp; checkout; payment; transaction; sale; invoice; donation; gift; enquiry; inquiry; request; conversation; case; event; webinar; membership; application; enrollment; enrolment; ' +
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
    'to; recipient; shipping; ship to; delivery; gift recipient; payee; beneficiary; sender; seller; merchant; receiver; empfänger; absender; verkäufer; destinataire; expéditeur; vendeur; destinatario; remitente; vendedor; destinatário; remetente; venditore; mittente; ontvanger; afzender; verkoper; mottagare; avsändare; modtager; odbiorca; nadawca; 收件人; 发件人; 受取人',
  ],
  [
    3,
    'agent; broker; realtor; teacher; coach; trainer; instructor; advisor; adviser; vendor; supplier; host; organizer; organiser; speaker; sponsor; landlord; makler; vertreter; lehrer; agence; courtier; agente; corredor; profesor; corretor; professor; docente; makelaar; docent; mäklare; lärare',
  ],
];
