/**
 * Words that keep a header from being any field, whatever else it holds ("Email Opt Out" is no email). Data alone. Each
 * word or phrase is matched against whole words of the header; the first that fits gives the reason.
 */

export interface DenyRule {
  /** Shown in the plan, after the column's name. */
  readonly why: string;
  /** Never sent, not even with `--unmapped custom`; only a mapping file can. */
  readonly never?: true;
  /** Parted by `;`. */
  readonly words: string;
}

export const DENY_RULES: readonly DenyRule[] = [
  {
    why: 'how another program shows the address, or what kind it is',
    never: true,
    words:
      'display name; e mail type; email type; e mail typ; e mail type 2; angezeigter name; nom complet de l adresse; type de messagerie; nome visualizzato posta; tipo posta elettronica; weergavenaam voor; weergegeven naam; e mailtype; ' +
      'wyświetlana nazwa; typ poczty; rodzaj e; nome para exibição; tipo de email; e posttyp; e postnamn; vist navn; краткое имя; краткое 2; тип эл; elektronik posta türü; görünen adı; 電子メール表示名; 電子メールの種類',
  },
  {
    why: 'a consent or delivery flag: never mapped to a field',
    words:
      'no email; no e mail; no emails; no mail; no mails; no call; no calls; no sms; no post; nomail; noemail; opt out; opt in; sms opt in; mass mail opt out; email disabled; email opt; mail opt; include in email; allow; optout; optin; opted; hasoptedoutofemail; hasoptedoutoffax; opted out; double opt; unsubscribed; unsubscribe; unsubscribes; subscribed; subscriber status; subscription; consent; gdpr; dsgvo; rgpd; blacklisted; blocklisted; accepts; do not; donotcall; donotemail; ' +
      'marketing status; marketing contact; marketing email; marketing emails; newsletter; newsletters; spam; bounce; bounced; bounces; emailbouncedreason; emailbounceddate; suppressed; suppression; quarantine; quarantined; legal basis; permission; einwilligung; werbeeinwilligung; abgemeldet; abonné; ' +
      'consentement; consentimiento; consentimento; consenso; toestemming; suscrito; inscrito; iscritto; email status; email verified; phone status; sms status; email confirmed; invalid email; tieni informato; privacy; terms; stop; complained',
  },
  {
    why: 'a user of the other program, not the contact',
    words:
      'owner; owners; ownerid; assigned; assignee; assigned to; created by; modified by; updated by; added by; salesperson; sales rep; account manager; responsible person; responsible user; besitzer; inhaber; zuständig; zugewiesen; verantwortlich; verantwortlicher; sachbearbeiter; betreuer; ' +
      'propriétaire; responsable; attribué à; propietario; asignado a; proprietário; responsável; atribuído a; proprietario; assegnato a; eigenaar; toegewezen aan; hubspot team; recruiter; consultant; csm; account executive; sdr; closer; secondary owners; vertriebler; kundenbetreuer; commercial assigné; vendedor asignado; createdbyid; lastmodifiedbyid',
  },
  {
    why: 'about another person',
    words:
      'spouse; wife; husband; child; children; parent; mother; father; guardian; emergency; assistant; assistants; assistantphone; assistantname; manager; managers; supervisor; reports to; reporting to; reportstoid; referred by; referrer; referral; relation; related; ' +
      'assistent; assistenten; assistente; assistentin; assistante; asystentka; sekretärin; assistentens; assistente; asystenta; ehepartner; partner; kinder; vorgesetzten; empfohlen von; conjoint; enfants; recommandé par; cónyuge; hijos; filhos; coniuge; figli; kinderen; dzieci; manager s; next of kin; kin; carer; caregiver; beneficiary; dependent; dependant; roommate; plus one; nominee; witness; boss; secretary; ' +
      'notfallkontakt; notfallnummer; notfalltelefon; notrufnummer; eltern; mutter; vater; ehefrau; ehemann; erziehungsberechtigte; erziehungsberechtigter; urgence; contact d urgence; mère; père; tuteur; époux; épouse; emergencia; contacto de emergencia; madre; padre; tutor; esposo; esposa; marido; emergência; mãe; pai; responsável legal; ' +
      'emergenza; marito; moglie; genitore; nood; noodcontact; noodgeval; moeder; vader; ouder; echtgenoot; nödkontakt; anhörig; förälder; make maka; pårørende; ægtefælle; foresatt; małżonek; rodzic; puoliso; huoltaja; lähiomainen; acil durum; veli; anne adı; baba adı; ' +
      'экстренный; экстренной; мать; отец; муж; жена; родитель; الطوارئ; طوارئ; الزوج; 紧急联系人; 紧急联系电话; 緊急聯絡人; 紧急; 緊急; 緊急連絡先; 家长; 父亲; 母亲; 配偶; 保護者; 비상; 비상연락처; 보호자; 배우자; ' +
      'indicação; presentato da; referentie van; помощника; супруг; 秘書; 配偶者; friend; colleague email; notfall; ansprechpartner 2; ' +
      'eş telefonu; eş telefon; eş tel; eş gsm; eş cep; eş cep telefonu; eş adı; eş ad; eş soyadı; eş e posta; eş eposta; eş numarası; eşi; eşin; eşinin; eşim; eşimin; ' +
      'házastárs; feleség; férj; anyja; apja; szülő; szülő neve; manžel; manžela; manželka; manželky; rodič; rodiče; rodiča; rodičia; otec; otce; otca; matky; soț; soțului; soție; soția; soției; mamă; mamei; tată; părinte; σύζυγος; πατέρας; μητέρα; γονέας; suprug; supruga; supruge; supružnik; roditelj; majka; otac; ' +
      'suami; istri; ayah; nama ibu; orang tua; чоловік; дружина; батько; дружини; بابا; الزوجة; الأب; الأم; ولي الأمر; همسر; پدر; مادر; पति; पत्नी; पिता; माता; בן זוג; בת זוג; אמא; אבא',
  },
  {
    why: 'a fax or pager, not a phone',
    words:
      'fax; faxes; telefax; fax number; pager; télécopie; télécopieur; faks; telex; teleks; télex; isdn; rnis; tty; tdd; callback; rückmeldung; rappel; radio; radiotelefon; radiotelefoon; radiotelefono; radiofone; hörbehinderte; teksttelefoon; ' +
      'récepteur; cercapersone; personsökare; personsøger; terugbellen; richiamata; motringning; tilbagekald; telsiz; пейджер; факс; телекс; faxnummer; faxnr; telefaxnummer; faksi; faksin; faksnummer; faks numarası; belgegeçer; 传真; 傳真; ファックス; ファクス; 팩스; فاكس; φαξ; радиотелефон; ポケットベル; 無線電話; テレックス; コールバック',
  },
  {
    why: 'the profile of a company, not of the contact',
    words: 'company linkedin; linkedin company; organization linkedin; company facebook; company twitter',
  },
  {
    why: 'how a name is read aloud',
    words: 'yomi; phonetic; furigana; フリガナ; pronunciation; pronounced; kana; ふりがな',
  },
  {
    why: 'where and when the other program saw the contact',
    words:
      'ip; utm; timezone; time zone; latitude; longitude; gmtoff; dstoff; pageviews; page views; sessions; browser; user agent; click id; score; open rate; click rate; opens; clicks; conversion; drill; referring; visits; visit; last seen; first seen; last activity; ' +
      'last contacted; last modified; last changed; created at; created date; create date; created time; created on; updated at; updated on; modified time; modified on; date added; signup date; signed up; added time; member rating; confirm time; optin time; systemmodstamp; createddate; lastmodifieddate; ' +
      'erstellt am; geändert am; créé le; modifié le; enriched; enrich; email domain; domain; checksum; subscribe date; last opened; last clicked',
  },
  {
    why: 'an id of the other program',
    words:
      'id; ids; uuid; guid; leid; euid; masterrecordid; accountid; recordid; contactid; userid; customerid; external key; record number; order number; order no; order id; order reference; order ref; invoice number; reference id; ref no; reference number; kundennummer; kundennr; kunden nr; mitgliedsnummer; numéro client; número de cliente; codice cliente; klantnummer; parentid; jigsaw; vat number; ust id; handle',
  },
  {
    why: 'a date: Clarky has no field for it',
    words:
      'birthday; birth; birthdate; dob; date of birth; anniversary; geburtstag; geburtsdatum; jahrestag; date de naissance; anniversaire; cumpleaños; fecha de nacimiento; aniversario; aniversário; data de nascimento; compleanno; data di nascita; ' +
      'anniversario; verjaardag; geboortedatum; urodziny; rocznica; födelsedag; fødselsdag; день рождения; doğum günü; 誕生日; connected on',
  },
  {
    why: 'a link or a picture, not text',
    words:
      'photo; picture; avatar; image; facebook; twitter; instagram; foto; bild; tiktok; youtube; github; skype; telegram; x url; im address; im addresses; imaddresses; instant messaging',
  },
];
