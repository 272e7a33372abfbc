/**
 * Names of what must not be copied into a CRM by accident: secrets, money accounts, numbers that the state or an insurer
 * gives a person. Data alone. `SECRET_WORDS` are matched against whole words of the header (English, German, French,
 * Spanish, Portuguese, Italian, Dutch, Scandinavian, Polish, Finnish, Turkish, Russian, Arabic, Chinese, Japanese, Korean);
 * `SECRET_STEMS` anywhere in its letters, so that `BANKACCOUNTNO` and `customer_taxvat` are found too.
 */

export const SECRET_WORDS =
  // Ways in.
  'bank; bank account no; emirates id; civil id; iqama; iqama number; exp date card; expiry card; sécu; n sécu; n ss; no ss; nº ss; num ss; security q; security q1; security q2; security a1; ' +
  'password; passwords; passwd; passwort; passwörter; kennwort; pwd; contraseña; mot de passe; mdp; senha; palavra passe; parola d ordine; wachtwoord; lösenord; adgangskode; passord; hasło; salasana; ' +
  'şifre; parola; пароль; كلمة المرور; كلمة السر; 密码; 密碼; パスワード; 비밀번호; passphrase; passcode; pass code; pin number; pin nummer; code pin; código pin; personal identification number; ' +
  'token; tokens; rp token; access token; refresh token; auth token; api token; api key; apikey; secret; secrets; secret key; private key; client secret; totp; two factor; 2fa; recovery code; recovery codes; backup code; ' +
  'password hash; auth hash; session id; session key; credentials; login code; security answer; security question; secret question; secret answer; security code; security word; memorable word; memorable date; mothers maiden name; mother s maiden name; ' +
  'geheim; geheimzahl; sicherheitsfrage; sicherheitsantwort; sicherheitscode; zugangscode; question secrète; réponse secrète; question de sécurité; réponse de sécurité; code secret; code de sécurité; ' +
  'pregunta de seguridad; respuesta de seguridad; pregunta secreta; respuesta secreta; código de seguridad; pergunta de segurança; resposta de segurança; pergunta secreta; resposta secreta; código de segurança; ' +
  'domanda di sicurezza; risposta di sicurezza; domanda segreta; risposta segreta; codice segreto; codice di sicurezza; beveiligingsvraag; beveiligingscode; geheime vraag; säkerhetsfråga; kontrollfråga; sikkerhedsspørgsmål; sikkerhetsspørsmål; ' +
  'pytanie zabezpieczające; turvakysymys; güvenlik sorusu; секретный вопрос; код безопасности; 安全问题; 秘密の質問; ' +
  // Money accounts and cards.
  'bank account; bank account name; bank account number; bank acct; bank acc; bank number; bank details; bank name; bank code; account holder; account holder name; acct holder; sort code; sortcode; routing number; routing no; aba number; bsb number; iban; swift code; swift bic; ' +
  'clabe; ifsc; ifsc code; micr; cbu; direct debit; wire details; beneficiary account; kontonummer; konto nr; kontonr; kontoinhaber; bankverbindung; bankkonto; bankleitzahl; blz; lastschrift; compte bancaire; numéro de compte; n de compte; no compte; coordonnées bancaires; titulaire du compte; ' +
  'cuenta bancaria; número de cuenta; nº cuenta; n cuenta; num cuenta; titular de la cuenta; conta bancária; conta corrente; número da conta; chave pix; conto corrente; coordinate bancarie; numero di conto; intestatario conto; cc bancario; rekeningnummer; bankrekening; ' +
  'bankrekeningnummer; rekeninghouder; bankkonto nummer; clearingnummer; bankgiro; plusgiro; reg nr konto; registreringsnummer bank; numer konta; nr konta; numer rachunku; rachunek bankowy; konto bankowe; tilinumero; pankkitili; banka hesap no; hesap no; hesap numarası; ' +
  'банковский счет; расчетный счет; номер счета; رقم الحساب; الحساب البنكي; رقم الحساب البنكي; آيبان; 银行账号; 银行帐号; 银行账户; 銀行帳號; 银行卡; 银行卡号; 口座番号; 銀行口座; 계좌번호; 은행 계좌; ' +
  'card number; card no; card num; card nr; cardnumber; cc number; cc num; ccnum; credit card; credit card number; debit card; card expiry; card expiration; card exp; expiration card; cvv; cvc; cvv2; cvn; card code; card security code; name on card; cardholder; cardholder name; card holder; ' +
  'kreditkarte; kreditkartennummer; kartennummer; kreditkarten nr; prüfziffer karte; carte bancaire; carte de crédit; numéro de carte; carte bleue; tarjeta; tarjeta de crédito; número de tarjeta; nº tarjeta; cartão; cartão de crédito; número do cartão; carta di credito; numero carta; ' +
  'creditcard; creditcardnummer; kaartnummer; kortnummer; kreditkort; betalkort; numer karty; karta kredytowa; luottokortti; kortin numero; kredi kartı; kart numarası; номер карты; رقم البطاقة; 信用卡; 信用卡号; カード番号; クレジットカード; 카드번호; ' +
  // Numbers that the state, the tax office or an insurer gives.
  'tax number; tax no; tax nr; tax num; tax id; tax identifier; tax identification; tax identification number; tax reference; tax registration; tax file number; tax code number; taxid; taxno; taxvat; taxpayer; taxpayer id; tin number; itin; tfn; vat number; vat no; vat id; vat nr; vat reg; vat registration; vat registration number; gst number; gst no; gstin; pan number; ' +
  'pan no; pan card; aadhaar; aadhar; aadhaar number; steuernummer; steuer nr; steuer id; steueridentifikationsnummer; steuer identifikationsnummer; ust id; ustid; ust idnr; ust id nr; umsatzsteuer id; ustidnr; mwst nr; uid nummer; numéro fiscal; n fiscal; identifiant fiscal; numéro de tva; n tva; tva intracommunautaire; no tva; ' +
  'número fiscal; identificación fiscal; número de identificación fiscal; nif; curp; cuit; cuil; cpf; cnpj; cpf cnpj; inscrição estadual; nif cif; cód fiscal; cod fisc; codice fiscale; partita iva; p iva; piva; codice fiscale partita iva; btw nummer; btw nr; btw id; fiscaal nummer; ' +
  'momsnummer; moms nr; regon; pesel; nr pesel; nip klienta; alv numero; hetu; henkilötunnus; vergi no; vergi numarası; tc kimlik no; tc kimlik; tckn; kimlik no; инн; снилс; огрн; кпп; الرقم الضريبي; رقم الهوية; الرقم القومي; رقم الإقامة; 税号; 纳税人识别号; 身份证; 身份证号; 身份证号码; 身分證; マイナンバー; 주민등록번호; 사업자등록번호; ' +
  'ni number; ni no; nino; national insurance; national insurance number; national insurance no; n i number; national id; national id number; national identity; national identification number; id number; id card; id card number; identity card; identity number; identity no; nric; ic number; ssn; ssn last 4; ss number; s s number; social security; social security number; soc sec; soc sec no; social insurance; social insurance number; sin number; ' +
  'government id; govt id; medicare; medicare number; medicare no; medicaid; medicaid number; nhs number; nhs no; health card; health card number; health insurance number; insurance number; insurance policy number; policy number; passport; passport number; passport no; passport nr; driver license; drivers license; driver s license; driving licence; driver licence; drivers licence; driving license; license number; licence number; dl number; ' +
  'sozialversicherungsnummer; sozialversicherung; sv nummer; sv nr; svnr; ahv nummer; ahv nr; rentenversicherungsnummer; krankenversicherungsnummer; versicherungsnummer; versichertennummer; krankenkasse nr; personalausweis; personalausweisnummer; ausweisnummer; ausweis nr; reisepass; reisepassnummer; passnummer; führerschein; führerscheinnummer; regierungsnr; ' +
  'sécurité sociale; numéro de sécurité sociale; n sécurité sociale; no sécu; carte vitale; carte d identité; numéro de passeport; passeport; permis de conduire; code gouvernement; seguridad social; número de seguridad social; nº seguridad social; núm seguridad social; nss; documento de identidad; cédula de identidad; pasaporte; número de pasaporte; ' +
  'licencia de conducir; permiso de conducir; código del gobierno; segurança social; número da segurança social; niss; inss; pis pasep; cartão de cidadão; bilhete de identidade; passaporte; carteira de motorista; cnh; código do governo; previdenza sociale; inps; tessera sanitaria; carta d identità; carta identità; numero carta identità; passaporto; ' +
  'burgerservicenummer; bsn; sofinummer; paspoort; paspoortnummer; rijbewijs; rijbewijsnummer; identiteitskaart; rijksregisternummer; personnummer; person nr; samordningsnummer; cpr; cpr nummer; cpr nr; fødselsnummer; fodselsnummer; legitimation; dowód osobisty; numer dowodu; nr dowodu; paszport; passinumero; ajokortti; pasaport no; ehliyet no; sgk no; ssk no; ' +
  'паспорт; номер паспорта; серия и номер паспорта; водительское удостоверение; личный код; ulusal kimlik; se nr; رقم جواز السفر; جواز السفر; رقم الضمان الاجتماعي; 护照; 护照号; 護照; 社保号; 驾照; パスポート; パスポート番号; 免許証番号; 健康保険証番号; 여권번호; 운전면허';

/** Short words that mean something else in a sentence: a secret only where they are the whole name, or stand beside a filler. */
export const SECRET_SHORT =
  'pw; clave; pin; pins; otp; hash; salt; routing; aba; bic; swift; ach; konto; rib; agência; pix; nib; счет; карта; 账号; tin; ein; nin; pan; nit; rut; rg; sin; pis; nir; cif; nie; nip; vat; gst; tva; btw; rfc; utr; patente; cédula; dni; abn; siret; siren';

/** Letters of a header, without blanks, that give it away wherever they stand. */
export const SECRET_STEMS =
  'password; passwort; kennwort; passwd; passcode; clavedeacceso; sozialvers; digid; parolachiave; 密码; 密碼; 护照; 護照; 身份证; 身分證; 证件号; 银行; 銀行; 信用卡; 社保; 口座; パスワード; マイナンバー; 비밀번호; 계좌; 여권; 주민등록; пароль; паспорт; снилс; банковск; ' +
  ' wachtwoord; contrasena; motdepasse; accesstoken; apikey; secretkey; privatekey; authtoken; resettoken; securityanswer; securityquestion; secretanswer; secretquestion; ' +
  'bankaccount; bankacct; bankacc; accountholder; sortcode; routingnum; ibannum; bankverbindung; kontonummer; bankleitzahl; rekeningnummer; creditcard; debitcard; cardnumber; cardnum; kreditkart; kartennummer; ' +
  'taxnumber; taxident; taxpayer; taxvat; taxfile; taxregistration; vatnumber; vatid; vatreg; steuernummer; steuerid; umsatzsteuerid; ustidnr; codicefiscale; partitaiva; btwnummer; nationalinsurance; socialsecurity; socialinsurance; socsec; ssnlast; ' +
  'medicare; medicaid; nationalid; passportn; driverslicen; drivinglicen; sozialversicherung; rentenversicherung; krankenversicherungsn; personalausweis; reisepass; securitesociale; seguridadsocial; segurancasocial; personnummer; aadhaar';

/** Names that are a secret only where the cells are long numbers: an account at a bank, or one's customer number. */
export const ACCOUNT_WORDS =
  'account number; account no; acct number; acct no; acct; account nr; account num; acc no; acc number';
