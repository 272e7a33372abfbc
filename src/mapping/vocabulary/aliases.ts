/**
 * Header names by what they mean, as real exports spell them (English first; then German, French, Spanish, Portuguese,
 * Italian, Dutch; then further languages of Outlook's export). Data alone: each list is parted by `;`, compared by
 * `headerKey`, and always matched whole. Names with a qualifier ("Work Phone 2", "Rue (bureau)") are read by
 * qualified.ts from the lists of emails, phones and address parts.
 */

/** Names that stand for themselves. The key is a word of sense.ts. */
export const NAMES_BY_MEANING: Readonly<Record<string, string>> = {
  first_name:
    'first name; first; fname; given name; givenname; given names; forename; forenames; first names; vorname; vornamen; prénom; prénoms; ' +
    'nombre de pila; nombres; primer nombre; primeiro nome; nome próprio; nome di battesimo; voornaam; voornamen; roepnaam; imię; förnamn; fornavn; ' +
    'i̇lk adı; etunimi; krstné meno; křestní jméno; имя собственное; 名; الاسم الأول; पहला नाम; प्रथम नाम; 이름(성 제외)',
  last_name:
    'last name; last; lname; surname; family name; familyname; last names; nachname; familienname; zuname; nom de famille; ' +
    'apellido; apellidos; primer apellido; sobrenome; último nome; apelido; cognome; achternaam; familienaam; nazwisko; efternamn; ' +
    'efternavn; etternavn; фамилия; soyadı; soyad; sukunimi; priezvisko; příjmení; 姓; 姓氏; 성; اسم العائلة; अंतिम नाम',
  // Dutch particles ("van der"): a part of the last name, in a column before it.
  'last_name<': 'tussenvoegsel; tussenvoegsels; voorvoegsel; voorvoegsels',
  name:
    'full name; display name; contact name; lead name; person name; person; client name; customer name; complete name; attendee name; ' +
    'member name; subscriber name; whole name; name full; vollständiger name; voller name; anzeigename; kontaktname; ansprechpartner; ' +
    'vor und nachname; vorname nachname; vorname und nachname; name vorname; nom complet; nom et prénom; prénom et nom; nom prénom; prénom nom; nom à afficher; contact; nombre completo; nombre y apellidos; ' +
    'nombre mostrado; nombre en pantalla; nome completo; apresentar como; nome e cognome; cognome e nome; nome cognome; nominativo; nome visualizzato; ' +
    'volledige naam; weergavenaam; contactpersoon; wyświetlana nazwa; imię i nazwisko; vis navn; fullt namn; отображаемое имя; ' +
    '表示名; 显示名称; 顯示名稱; 氏名; 표시명; primary contact name; primary contact',
  any_name:
    'name; nom; nombre; nome; naam; namn; navn; nazwa; имя; ad; 이름; 名字; 名前; 名稱; 姓名; नाम; الاسم; jméno; meno; nimi',
  salutation:
    'salutation; prefix; name prefix; honorific; anrede; civilité; saludo; trato; tratamento; saudação; aanhef; appellativo; обращение; 肩書き',
  title: 'title; titel; titre; titolo; título; tytuł; titul; unvan; 頭銜; person title; contact title; academic title',
  company:
    'company; company name; organization; organisation; organization name; organisation name; org; org name; account name; associated company; company / account; company account; ' +
    'business name; business; employer; firm; firm name; business or practice name; current company; work company; companies; firma; firmenname; ' +
    'unternehmen; organisationsname; arbeitgeber; société; entreprise; raison sociale; nom de la société; nom de l’entreprise; nom entreprise; compañía; empresa; organización; ' +
    'nombre de la empresa; razón social; organização; nome da empresa; azienda; società; società di lavoro; ditta; organizzazione; nome azienda; ragione sociale; bedrijf; bedrijfsnaam; organisatie; ' +
    'onderneming; firma/organizacja; företag; företagsnamn; virksomhed; организация; компания; şirket; järjestö; spoločnosť; organizácia; 会社名; 公司; 組織; ' +
    '组织; 회사; 회사명; الشركة; कंपनी; संगठन; default address company; person organization; current employer',
  job_title:
    'job title; jobtitle; job; job position; job role; function; position; organization title; organisation title; designation; work title; position title; ' +
    'professional title; occupation; current position; jobbezeichnung; berufsbezeichnung; funktion; stellung; stelle; arbeitstitel; fonction; poste; intitulé du poste; ' +
    'puesto; cargo; puesto de trabajo; função; qualifica; posizione; ruolo; mansione; titolo di lavoro; functie; functietitel; werkfunctie; stanowisko; befattning; stilling; ' +
    'job titel; должность; iş unvanı; ammattinimi; funkcia; 役職; 职务; 職稱; 직위; 직책; المسمى الوظيفي; पद नाम; पदनाम',
  profession: 'profession; beruf; profesión; profissão; professione; beroep; zawód',
  lead_source:
    'lead source; leadsource; source of lead; lead origin; contact source; original source; original traffic source; signup source; sign up source; acquisition source; acquisition channel; ' +
    'how did you hear about us; how did you hear about this event; how did you find us; leadquelle; lead quelle; leadherkunft; kontaktquelle; source du lead; source du contact; ' +
    'origine du contact; origen del contacto; fuente del contacto; fuente de posible cliente; origem do lead; fonte do lead; origine contatto; origine lead; fonte lead; leadbron; bron lead; herkomst lead',
  contact_type:
    'contact type; type of contact; lifecycle stage; contact category type; kontakttyp; kontaktart; type de contact; tipo de contacto; tipo de contato; tipo di contatto; ' +
    'contacttype; type contact; relationship type',
  tags:
    'tags; tag; labels; contact tags; tag list; group membership; categories; distribution lists; schlagwörter; schlagworte; kategorien; étiquettes; libellés; catégories; ' +
    'etiquetas; categorías; marcadores; categorias; etichette; categorie; tagi; etiketten; labels contact; categorieën; kategorie; kategorier; категории; ' +
    'kategoriler; kategórie; 分類; 類別; タグ; person labels',
  deal_value:
    'deal value; deal amount; deal size; opportunity value; opportunity amount; amount; recent deal amount; expected revenue; total spent; total spend; auftragswert; dealwert; ' +
    'montant; montant de l’affaire; valeur de l’affaire; importe; importe del negocio; valor del negocio; valor da oportunidade; valor do negócio; importo; valore trattativa; ' +
    'valore affare; dealwaarde; bedrag',
  notes:
    'notes; note; comment; comments; remark; remarks; description; message; membership notes; contact notes; notizen; notiz; bemerkung; ' +
    'bemerkungen; kommentar; kommentare; anmerkung; anmerkungen; beschreibung; commentaire; commentaires; remarque; remarques; notas; nota; comentarios; comentario; ' +
    'observaciones; observações; anotações; comentários; commenti; osservazioni; annotazioni; notities; notitie; aantekeningen; ' +
    'opmerking; opmerkingen; notatki; uwagi; anteckningar; notater; noter; заметки; notlar; muistiinpanot; poznámky; poznámka; メモ; 備註; 备注; ' +
    '注释; 記事; 註解; 메모; ملاحظات; टिप्पणी; नोट्स',
  linkedin_url:
    'linkedin; linkedin url; linked in url; linkedin profile; linkedin profile url; linkedin page; linkedin link; linkedin connection; linkedin public url; linkedin account; ' +
    'linkedin member url; person linkedin url; person linkedin; social linkedin; linkedin profil; profil linkedin; url linkedin; perfil de linkedin; perfil linkedin; perfil do linkedin; profilo linkedin; linkedin profiel; ' +
    'contact linkedin url; linkedin contact profile url; hs linkedin url; linkedin profilurl',
  pipeline_stage: 'pipeline stage',
  pipeline_stage_id: 'pipeline stage id',
  link:
    'url; website; web site; websites; website url; web page; webpage; homepage; personal web page; personal website; business website; profile; profile url; public profile url; ' +
    'social media; social profile; web page 1; web page 2; webseite; internetseite; page web; site web; sitio web; página web; página da web; site; sito web; pagina web; webpagina; ' +
    'strona sieci web; webbsida; webside; web sayfası; веб-страница; web ページ; web; www; social; socials',
  'unmapped:Clarky has no field for a middle name':
    'middle name; middle; middle names; additional name; second name; middle initial; weitere vornamen; zweiter vorname; deuxième prénom; ' +
    'segundo nombre; segundo nome; nome do meio; secondo nome; middelste naam; drugie imię; mellannamn; mellemnavn; отчество; ikinci adı; ミドル',
  'unmapped:Clarky has no field for a name suffix':
    'suffix; name suffix; namenszusatz; suffixe; sufijo; sufixo; achtervoegsel; titolo straniero; sufiks; namnsuffix; суффикс; sonek; suffiks; 敬称',
  'unmapped:no field of Clarky has this name':
    'department; departments; dept; employees; number of employees; form name; is company; abteilung; service; département entreprise; departamento; dipartimento; reparto; afdeling; dział; avdelning; afdeling naam; screen name; nickname; spitzname; surnom; apodo; soprannome; bijnaam; file as; gender; geschlecht; sexe; sexo; sesso; ' +
    'geslacht; language; sprache; langue; idioma; lingua; taal; industry; branche; secteur; priority; priorität; rating; score; initials; maiden name; short name; hobby; currency; salary',
  'ask:contact_type':
    'type; typ; tipo; type contact ou entreprise; lead status; record type; status; statut; estado del contacto; rol; role; rolle; person type; lead type; segment type',
  'ask:lead_source':
    'source; sources; quelle; herkunft; origine; origen; origem; bron; fonte; fuente; channel; utm source; latest source; referral source; referrer source; campaign',
  'ask:tags':
    'label; category; group; groups; segment; segments; list; lists; keywords; keyword; mailing list; gruppe; gruppen; kategorie name; groupe; grupo; gruppo; groep; liste; listen',
  'ask:pipeline_stage': 'stage; deal stage; sales stage; opportunity stage; phase; étape; etapa; fase; pipeline',
  'ask:deal_value':
    'value; total revenue; annual revenue; revenue; total paid; monthly spend; lifetime value; ltv; mrr; arr; budget; umsatz; betrag; valor; valeur; valore; waarde; price; total; turnover; price paid',
  'ask:city': 'by; location; place; standort; lieu; lugar; luogo; locatie',
  'ask:state': 'region; région; região; regione; regio',
  'ask:notes': 'info; infos; information; informationen; informações; details; bio; about; background',
  'ask:phone_numbers': 'sms; home; work; other; primary; direct; contact no; contact info; kontakt',
};

/** Email columns; qualified.ts adds qualifiers and numbers to them. */
export const EMAIL_NAMES =
  'email; e mail; mail; emails; mails; email address; email addresses; mail address; e mail addresses; user email; email id; email value; contact email; ' +
  'mailadresse; mailadressen; mail adresse; email adresse; emailadresse; adresse email; adresse mail; adresse électronique; adresse de messagerie; adresse courriel; courriel; mél; correo; correo electrónico; ' +
  'dirección correo electrónico; dirección email; dirección email correo; dirección de correo; e mail correo; correio eletrônico; correio eletrónico; endereço email; endereço e mail; posta elettronica; indirizzo email; indirizzo mail; ' +
  'indirizzo posta elettronica; mailadres; e mailadres; emailadres; e mailadressen; mail adres; adres e mail; adres email; poczta; e postadress; e post; epost; epostadresse; e postadresse; e posta; eposta; e posta adresi; ' +
  'elektronik posta adresi; elektronik posta adres; sähköposti; sähköpostiosoite; e mailová adresa; адрес эл почты; адрес электронной почты; электронная почта; эл почта; почта; メールアドレス; ' +
  'メール; 電子メールアドレス; 电子邮件地址; 电子邮件; 電子郵件地址; 電子郵件; 邮箱; 메일 주소; 메일; 이메일; عنوان البريد الإلكتروني; ई-मेल एड्रेस; मेल';

/** Phone columns. A qualifier for mobile alone ("Mobile", "Cellulare 2") is one too. */
export const PHONE_NAMES =
  'phone; phones; phone number; phone numbers; telephone; telephones; telephone number; tel; tel no; phone no; contact number; contact phone number; ' +
  'direct phone; direct line; direct dial; direct number; landline; landline phone; land line; whatsapp; whatsapp phone; whatsapp number; whatsapp phone number; office number; home number; work number; ' +
  'business number; cell number; gsm; gsm number; sms number; sms phone number; phone value; telefon; telefone; telefono; telefoon; téléphone; téléphones; telefonnummer; telefonnummern; telefon nr; rufnummer; durchwahl; ' +
  'festnetz; festnetznummer; festnetztelefon; diensttelefon; geschäftstelefon; privattelefon; firmentelefon; fixe; téléphone fixe; numéro téléphone; tél fixe; tél; número teléfono; teléfono fijo; fone; fon; ' +
  'telefone fixo; telefono fisso; numero telefono; recapito telefonico; telefoonnummer; telefoonnr; telefonu; numer telefonu; tlf; tlf nr; telefonnr; telefón; telefonní číslo; telefonu no; telefon no; puhelin; puhelinnumero; телефон; телефоны; ' +
  'номер телефона; car phone; autotelefon; autotelefoon; biltelefon; telefono auto; telefone carro; telefon w samochodzie; araç telefonu; телефон в машине; arbejdstelefon; hjemmetelefon; ' +
  'kotipuhelin; työpuhelin; matkapuhelinnumero; mobilnummer; numero cellulare; número móvil; número celular; mobiel nummer; mobilnr; diensthandy; firmenhandy; handynummer; téléphone portable; télé; ' +
  '電話; 電話番号; 电话; 电话号码; 電話號碼; 会社電話; 自宅電話; 携帯電話; 自動車電話; その他の電話; 手机; 手機; 전화; 전화번호; 휴대폰; 휴대전화; الهاتف الجوال; هاتف العمل; هاتف المنزل; الهاتف; फोन; फ़ोन';

/** Phones that reach a whole company: they come last, since colleagues share them. */
export const COMPANY_PHONE_NAMES =
  'company main phone; companymainphone; company phone; company phone number; main company phone; corporate phone; account phone; organization phone; hq phone; switchboard; telefon firma; telefon zentrale; zentrale; téléphone société; ' +
  'standard téléphonique; centralita; número de centralita de la organización; telefone principal da empresa; telefono principale società; centralino; hoofdtelefoon bedrijf; główny telefon do firmy; ' +
  'primær telefon (firma); företag, växel; основной телефон организации; şirket santral telefonu; 会社代表電話';

/** Parts of an address; a line's number makes it line 1 or 2. */
export const ADDRESS_NAMES: Readonly<Record<string, string>> = {
  address_line1:
    'street; streets; street address; street name; street address line; address line; address street; address line street; streetaddress; street line; addr; address 1; addr1; mailing address line; ' +
    'straße; strasse; str; straße hausnummer; strasse hausnummer; straße nr; strasse nr; straße und hausnummer; straße und nr; straße hausnr; rue; voie; adresse ligne; numéro et rue; numéro et voie; calle; calle y número; calle número; rua; logradouro; morada; linha endereço; via; ' +
    'straat; straat huisnummer; straat en huisnummer; straatnaam; adresregel; ulica; ulica i numer; gatuadress; gata; gade; cadde; улица; 番地; घर का पता; 住所番地',
  block:
    'address; addresses; full address; formatted address; complete address; address block; formatted; postal address; adresse; anschrift; postanschrift; adresse complète; adresse postale; dirección; dirección completa; ' +
    'domicilio; endereço; endereço completo; indirizzo; indirizzo completo; adres; adresa; adress; osoite; адрес; adresi; 住所; 地址; 주소',
  address_line2:
    'extended address; extended; address line 2; addr2; suite; apartment; apt; unit; apt suite; apartment suite; unit number; adresszusatz; adresszeile 2; zusatz; complément; complément adresse; complément d’adresse; complemento; ' +
    'complemento dirección; complemento endereço; straße 2; interno; scala interno; toevoeging; adrestoevoeging; huisnummer toevoeging',
  house_number:
    'house number; hausnummer; hausnr; haus nr; huisnummer; huisnr; numéro rue; numéro voie; numero civico; street number; street no',
  city:
    'city; by; town; city town; town city; city name; locality; municipality; suburb city; ort; stadt; wohnort; plz ort ort; ville; localité; commune; ciudad; población; localidad; municipio; cidade; localidade; ' +
    'città; comune; località; plaats; woonplaats; stad; plaatsnaam; miasto; miejscowość; postort; poststed; şehir; il ilçe; mesto; kaupunki; город; 市町村; 城市; 도시',
  state:
    'state; province; state province; province state; state region; region state; state or province; state province region; state province county; state county; county; prefecture; province code; state code; state name; state abbreviation; territory; state abbr; province region; ' +
    'region code; region; région; região; regione; bundesland; kanton; bundesland kanton; département; dép région; province région; provincia; provincia estado; estado provincia; provincia o estado; estado o provincia; estado; uf; comunidad autónoma; distrito; provincie; ' +
    'staat provincie; województwo; område; область; bölge; lääni; kraj oblasť; 都道府県; 省',
  postal_code:
    'postal code; postalcode; post code; postcode; zip; zip code; zipcode; zip postal code; postal zip code; zip postcode; postcode zip; postal; zip postal; zip or postal code; postal or zip code; plz; postleitzahl; code postal; cp; ' +
    'código postal; c p; cep; cap; codice postale; cap postale; codice avviamento postale; kod pocztowy; postnummer; postnr; posta kodu; psč; postinumero; индекс; почтовый индекс; почтовый код; 郵便番号; 邮政编码; ' +
    '郵遞區號; 우편번호; 우편 번호',
  country:
    'country; country region; region country; country name; country code; country iso code; country iso; iso country code; nation; country or region; country territory; land; land region; region land; land regio; länder code; ländercode; land code; pays; ' +
    'pays région; région pays; code pays; país; país región; país o región; país região; região país; código país; paese; paese regione; nazione; nazione regione; stato estero; landcode; kraj; kraj region; państwo; ' +
    'страна; страна или регион; ülke; ülke bölge; land område; maa; štát; krajina; 国; 国地域; 国家; 國家; 國家地區; 国家地区; 국가; 국가 지역',
};
