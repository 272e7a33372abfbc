/** Programs that are recognised by their columns, and what their ambiguous names mean there. Data; names as in each program's own exports. */

import { once } from './words.js';

/** What is known of a program that writes contact files. */
export interface SourceSystem {
  readonly id: string;
  readonly name: string;
  /** All of these columns are there; `=name` is spelt exactly so. */
  readonly signature: readonly string[];
  /** What a name means there: `=name` is spelt exactly so, `name#2` is the second of that name. */
  readonly rules: readonly { readonly name: string; readonly word: string }[];
}

const FROM_IP = 'unmapped:guessed from the IP address, not the postal address';
const NO_PROFESSION = 'unmapped:Clarky has no field for a profession';
const A_PLACE = 'unmapped:a room or a place, not the city';
/** Outlook's own columns: the title is a salutation, the keywords are tags. */
const OUTLOOK = `title: salutation; profession: ${NO_PROFESSION}; keywords: tags; location: ${A_PLACE}; account: unmapped:a number, not a company`;

/**
 * A program a line: id, name, the columns that tell it (the first that fits is taken: the special before the general). Indented
 * below, names that mean something else than usual, each with its word.
 *
 * Outlook's Dutch and Swedish columns are as a program reads them that parts "Werkadres, straat" at its comma: three lines of
 * work, then three of home, then other.
 */
const TABLE = `
clarky-rejects | our own rejects file | import_line; import_error; import_message
clarky | Clarky (API field names) | emails; phone_numbers; first_name
google-new | Google Contacts | First Name; Organization Name; Organization Title; Labels
google-old | Google Contacts (before 2024) | Given Name; Family Name; Group Membership
google-outlook | Google Contacts (Outlook format) | First Name; E-mail Address; Home Address; Business Address; Categories; Web Page
  ${OUTLOOK}
outlook-com | Outlook.com and Microsoft 365 | First Name; E-mail Address; Given Yomi; IMAddress; Personal Web Page
  ${OUTLOOK}
linkedin-2013 | LinkedIn (2012 to 2016) | Title; E-mail Address; Personal Web Page; Business Country; Other Address PO Box
  ${OUTLOOK}
outlook-en | Outlook for Windows, English | First Name; E-mail Address; Business Street; Organizational ID Number
  ${OUTLOOK}
outlook-de | Outlook for Windows, German | Vorname; Nachname; E-Mail-Adresse; Straße geschäftlich; Ort geschäftlich
  ort: ${A_PLACE}; beruf: ${NO_PROFESSION};
  mobiltelefon 2: unmapped:a radio phone; stichwörter: tags; privat: unmapped:a flag, not an address
outlook-fr | Outlook for Windows, French | Prénom; Nom; Adresse de messagerie; Rue (bureau); Ville (bureau)
  titre#1: salutation; titre#2: job_title; mots clés: tags; profession: ${NO_PROFESSION};
  bureau: ${A_PLACE}; emplacement: ${A_PLACE}
outlook-it | Outlook for Windows, Italian | Cognome; Indirizzo posta elettronica; Via (uff.); Abitazione
  titolo: salutation; ufficio: phone_numbers; ufficio 2: phone_numbers; abitazione: phone_numbers;
  abitazione 2: phone_numbers; professione: ${NO_PROFESSION}; parole chiave: tags;
  luogo: ${A_PLACE}
outlook-nl | Outlook for Windows, Dutch | Voornaam; Achternaam; E-mailadres; Telefoon op werk; Adreslijstserver
  titel: salutation; beroep: ${NO_PROFESSION}; trefwoorden: tags;
  werkadres 2: ignore:the beginning of the next column; werkadres 3: ignore:the beginning of the next column;
  straat#1: address_line1@business; straat#2: address_line2@business; straat#3: address_line2@business;
  straat#4: address_line1@home; straat 2#1: address_line2@home; straat 3#1: address_line2@home;
  straat#5: address_line1@other; straat 2#2: address_line2@other; straat 3#2: address_line2@other;
  locatie: ${A_PLACE}
outlook-es | Outlook for Windows, Spanish | Nombre; Apellidos; Calle del trabajo; Particular
  título: salutation; title: salutation; particular: phone_numbers; palabras clave: tags
outlook-pt | Outlook for Windows, Portuguese | Primeiro nome; Sobrenome; Telefone comercial; Tratamento; Categorias
  cidade: city@other; estado#1: state@home; estado#2: state@other; cep: postal_code@other;
  particular: unmapped:a flag, not a phone; profissão: ${NO_PROFESSION};
  palavras-chave: tags; local: ${A_PLACE}; endereço residencial#1: block@home;
  endereço residencial#2: address_line1@home
outlook-sv | Outlook for Windows, Swedish | Förnamn; Efternamn; E-postadress; Arbete; Hem
  titel: salutation; =Arbete: phone_numbers; =Hem: phone_numbers; gatuadress#1: address_line1@business;
  gatuadress 2#1: address_line2@business; gatuadress 3#1: address_line2@business; gatuadress#2: address_line1@home;
  gatuadress 2#2: address_line2@home; gatuadress 3#2: address_line2@home; telefon 1: phone_numbers<;
  telefon 2: unmapped:a radio phone; postadress, arbete: postal_code@business; nyckelord: tags; hemort: city@home
outlook-da | Outlook for Windows, Danish | Fornavn; Efternavn; E-mail-adresse; Gade (arbejde); By (arbejde)
  titel: salutation; nøgleord: tags; by (arbejde): city@business; by (privat): city@home; anden by: city@other
outlook-pl | Outlook for Windows, Polish | Imię; Nazwisko; Adres e-mail; Telefon służbowy; Kategorie
  tytuł: salutation; słowa kluczowe: tags; zawód: ${NO_PROFESSION}
outlook-ru | Outlook for Windows, Russian | Имя; Фамилия; Адрес эл. почты; Рабочий телефон; Категории
  ключевые слова: tags
outlook-tr | Outlook for Windows, Turkish | İlk Adı; Soyadı; Elektronik Posta Adresi; İş-Cadde
  unvan: salutation; anahtar sözcükler: tags
outlook-ja | Outlook for Windows, Japanese | 姓; 名; 電子メール アドレス; 会社電話
  キーワード: tags
xero | Xero | ContactName; AccountNumber; EmailAddress; POAddressLine1
  contactname: company; legalname: unmapped:the name in registers; companynumber: unmapped:an id of the other program
twenty | Twenty | Emails / Primary Email; Phones / Primary Phone Number
paypal | PayPal activity | From Email Address; To Email Address; Transaction ID
  type: unmapped:what kind of payment; status: unmapped:the state of the payment
quickbooks | QuickBooks Online | Full Name; Company; ZIP code; Opening Balance
square | Square | Square Customer ID; Email Address
  creation source: unmapped:how the record was made
magento | Magento customers | _website; _store; firstname
  _website: unmapped:the shop; _store: unmapped:the shop
vtiger | vtiger | Organization Name; Primary Email; Mailing Street; Assigned To
  title: job_title
tito | Tito | Ticket Email; Ticket Reference; Order Email
  price: unmapped:the price of the ticket; order company name: unmapped:about the buyer
gumroad | Gumroad | Purchase ID; Purchase Email; Item Name
  buyer email: unmapped:repeats the e-mail of the purchase
typeform | Typeform | Start Date (UTC); Submit Date (UTC); Network ID
  response type: unmapped:whether the form was finished
google-forms | Google Forms | Timestamp; Email Address
surveymonkey | SurveyMonkey | Respondent ID; Collector ID; IP Address
zoom | Zoom attendees | Attended; Join Time; Leave Time
  user name (original name): name
action-network | Action Network | can2_phone; can2_user_tags
  can2_county: unmapped:the county, beside the state
civicrm | CiviCRM | Contact ID; Contact Type; Individual Prefix
  sort name: unmapped:the name in another order; individual prefix: unmapped:Clarky has no field for a salutation;
  individual suffix: unmapped:Clarky has no field for a name suffix; household name: name; supplemental address 1: address_line2@;
  legal identifier: ignore:an identity number; contact subtype: unmapped:a kind of the other program
planning-center | Planning Center | Person ID; Household ID; Household Name
  household name: unmapped:the name of a household; household primary contact: unmapped:about the household
dealmachine | DealMachine | contact_1_name; contact_1_phone1; property_address_full
  property_address_full: address_line1@; property_address_city: city@; property_address_state: state@;
  property_address_zipcode: postal_code@; contact_1_phone1_type: ignore:the kind of a phone;
  contact_2_phone1_type: ignore:the kind of a phone
krayin | Krayin | name; emails; contact_numbers; organization_id
erpnext | ERPNext | Email ID (Email IDs); Number (Contact Numbers)
  status: unmapped:the state of the record
erpnext-lead | ERPNext leads | Full Name; Email Address; Mobile No; Designation; Lead Owner
  status: unmapped:the state of the record
jobber | Jobber | J-ID; Display Name; Main Phone #s
zendesk | Zendesk users | name; email; external_id; restriction; organization
  role: unmapped:a role in Zendesk
wordpress | WordPress users | user_login; display_name; user_email
  roles: unmapped:a role in WordPress
bigcommerce | BigCommerce | Customer Group ID; Registration IP Address
  authentication: ignore:a secret
clio | Clio | Contact ID; Primary Email Address; Primary Phone Number
  title: job_title
nationbuilder | NationBuilder | nationbuilder_id; email; primary_address1
acuity | Acuity Scheduling | First Name; Last Name; Phone; Email; Days Since Last Appointment
bullhorn | Bullhorn | firstName; lastName; owner.name; preferredContact
  linkedperson.name: unmapped:about another person; skills.name: unmapped:a list of skills
rapidpro | RapidPro and TextIt | Contact UUID; Name; Language
  urn:tel: phone_numbers; urn:whatsapp: phone_numbers; urn:mailto: emails; status: unmapped:the state of the record
gohighlevel | GoHighLevel | Contact Id; Phone; Created; Opportunities
wild-apricot | Wild Apricot | User ID; Membership level; Member since
  membership level: unmapped:a level of membership; membership status: unmapped:the state of the membership
substack | Substack | email; active_subscription; email_disabled
suitecrm | SuiteCRM | first_name; last_name; email1; phone_mobile
  title: job_title
chatwoot | Chatwoot | identifier; phone_number; custom_attribute_1
freshservice | Freshservice requesters | Reporting Manager; Background Information; Work Phone
  title: job_title
thunderbird | Thunderbird | Display Name; Primary Email; Secondary Email; Screen Name
thunderbird-fr | Thunderbird, French | Prénom; Nom de famille; Nom à afficher; Pays/État; Région
  adresse privée: address_line1@home; ville#1: city@home; pays/état#1: state@home; code postal#1: postal_code@home;
  région#1: country@home; ville#2: city@business; pays/état#2: state@business; code postal#2: postal_code@business;
  région#2: country@business; profession: job_title
hubspot | HubSpot | =Record ID; First Name; Contact owner; Create Date
  latest source: lead_source>; job function: unmapped:a role, not the job title
zoho-contacts | Zoho CRM contacts | Contact Owner; Account Name; Created Time; Modified Time
  title: job_title
zoho-books | Zoho Books | EmailID; Billing Attention; Billing Code
  billing code: postal_code@billing; shipping code: postal_code@shipping; billing attention: unmapped:to whom bills are addressed;
  shipping attention: unmapped:to whom goods are addressed
zoho-leads | Zoho CRM leads | Lead Owner; Lead Name; Created Time
  title: job_title
salesforce-accounts | Salesforce accounts (Data Loader) | ID; NAME; BILLINGSTREET; ACCOUNTNUMBER
  name: company; type: ask:contact_type
salesforce-api | Salesforce contacts (Data Loader, weekly export) | ID; LASTNAME; ACCOUNTID; OWNERID
  title: job_title
salesforce-leads-api | Salesforce leads (Data Loader, weekly export) | ID; LASTNAME; ISCONVERTED; OWNERID
  title: job_title
salesforce-lead-report | Salesforce lead report | Lead Owner; Last Name
  title: job_title
salesforce-report | Salesforce contact report | Last Name; Account Name; Title
  title: job_title
linkedin | LinkedIn connections | First Name; Last Name; Email Address; Position; Connected On
  url: linkedin_url
apple | Apple Contacts (by script) | First Name; Last Name; Nickname; Email 1; Phone 1; Social Media
intercom | Intercom | Name; Email; User ID; Web sessions; Last seen
  country: ${FROM_IP}; region: ${FROM_IP}; city: ${FROM_IP}; =name: company; company tag: unmapped:a label of the company
shopify | Shopify customers | Accepts Email Marketing; Default Address Address1; Tags
shopify-old | Shopify customers (before 2022) | Accepts Marketing; Address1; Province Code; Total Spent
stripe | Stripe customers | id; Description; Email; Delinquent
eventbrite | Eventbrite | Order #; Order Date; First Name; Email
mailchimp | Mailchimp | Email Address; MEMBER_RATING; OPTIN_TIME
  region: ${FROM_IP}; cc: ${FROM_IP}
pipedrive | Pipedrive | Name; Organization; Owner; Open deals
  label: tags; labels: tags; title: job_title
pipedrive-person | Pipedrive (prefixed columns) | Person - Name
  person - label: tags; person - labels: tags; person - title: job_title; deal - title: unmapped:the name of the deal
klaviyo | Klaviyo | Klaviyo ID; Email
  title: job_title
activecampaign | ActiveCampaign | Email; First Name; Last Name; Phone; Organization; Tags; Date Created
brevo | Brevo | EMAIL; SMS; LASTNAME; FIRSTNAME
  sms: phone_numbers; whatsapp: phone_numbers
kit | Kit (ConvertKit) | email_address; first_name; state; created_at
  state: unmapped:the state of the subscription
systeme-io | systeme.io | Email; First name; Surname; Date Registered
facebook-leads | Facebook lead ads | ad_id; form_id; created_time
  platform: unmapped:the platform of the advertisement
yahoo | Yahoo | First; Last; Email; Distribution Lists; Yahoo! Phone
  title: job_title; home: phone_numbers; work: phone_numbers; other: phone_numbers; primary: ask:phone_numbers;
  yahoo! phone: phone_numbers
windows-live-mail | Windows Live Mail | First Name; Last Name; Name; E-mail Address; Home Street; Business Phone
calendly | Calendly | Invitee Name; Invitee Email; User Email
  user email: unmapped:a user of the other program, not the contact; text reminder number: phone_numbers;
  location: unmapped:where the meeting is
freshsales | Freshsales | First name; Sales owner; Work; Mobile
  work: phone_numbers
close-leads | Close leads | display_name; primary_contact_name; primary_contact_primary_email
  display_name: company; primary_contact_name: name; primary_contact_title: job_title; primary_contact_primary_phone: phone_numbers<;
  primary_contact_other_phones: phone_numbers; primary_contact_primary_email: emails<; primary_contact_other_emails: emails;
  description: unmapped:about the company; url: unmapped:about the company
close | Close | lead_id; lead_name; contact_name
  lead name: company
lmn | LMN | Lead Name; Billing Contact; Send SMS
  lead name: company; billing contact: unmapped:whether invoices go there; send sms: unmapped:which phone gets messages
copper | Copper | Name; Assigned To; Contact Type; Details
  title: job_title; details: notes
apollo | Apollo | First Name; Title; Person Linkedin Url; Company
  title: job_title; lists: tags
bitrix24 | Bitrix24 | First name; Second name; Work Phone; Work E-mail; Position
  home: phone_numbers
dynamics-365 | Dynamics 365 | (Do Not Modify) Contact; (Do Not Modify) Row Checksum
odoo | Odoo | Name; Email; Is a Company
airtable | Airtable | Name; Email; Phone; Company; Tags; Photo; Last contacted
`;

/** The programs, in the order in which they are tried. */
export const sourceSystems = once((): SourceSystem[] => {
  const systems: { id: string; name: string; signature: string[]; rules: SourceSystem['rules'][number][] }[] = [];
  for (const line of TABLE.trim().split('\n')) {
    if (line.startsWith(' ')) {
      const rules = listed(line, ';').map((rule) => rule.split(/: (.*)/, 2));
      systems.at(-1)?.rules.push(...rules.map(([name = '', word = '']) => ({ name, word })));
    } else {
      const [id = '', name = '', columns = ''] = listed(line, ' | ');
      systems.push({ id, name, signature: listed(columns, ';'), rules: [] });
    }
  }
  return systems;
});

function listed(text: string, by: string): string[] {
  return text
    .split(by)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
