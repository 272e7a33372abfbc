/** Outlook's export in its languages, and what copies its columns. Data; names as Outlook writes them. */

import type { SourceSystem } from './source-system.js';

const SALUTATION = { title: 'salutation', profession: 'unmapped:Clarky has no field for a profession' };
/** Outlook's own columns, in each language: the title is a salutation, the keywords are tags. */
const OUTLOOK = {
  ...SALUTATION,
  keywords: 'tags',
  location: 'unmapped:a room or a place, not the city',
  account: 'unmapped:a number, not a company',
};

export const OUTLOOK_SYSTEMS: readonly SourceSystem[] = [
  {
    id: 'google-outlook',
    name: 'Google Contacts (Outlook format)',
    signature: 'First Name; E-mail Address; Home Address; Business Address; Categories; Web Page',
    rules: OUTLOOK,
  },
  {
    id: 'outlook-com',
    name: 'Outlook.com and Microsoft 365',
    signature: 'First Name; E-mail Address; Given Yomi; IMAddress; Personal Web Page',
    rules: OUTLOOK,
  },
  {
    id: 'linkedin-2013',
    name: 'LinkedIn (2012 to 2016)',
    signature: 'Title; E-mail Address; Personal Web Page; Business Country; Other Address PO Box',
    rules: OUTLOOK,
  },
  {
    id: 'outlook-en',
    name: 'Outlook for Windows, English',
    signature: 'First Name; E-mail Address; Business Street; Organizational ID Number',
    rules: OUTLOOK,
  },
  {
    id: 'outlook-de',
    name: 'Outlook for Windows, German',
    signature: 'Vorname; Nachname; E-Mail-Adresse; Straße geschäftlich; Ort geschäftlich',
    rules: {
      ort: 'unmapped:a room or a place, not the city',
      beruf: 'unmapped:Clarky has no field for a profession',
      'mobiltelefon 2': 'unmapped:a radio phone',
      stichwörter: 'tags',
      privat: 'unmapped:a flag, not an address',
    },
  },
  {
    id: 'outlook-fr',
    name: 'Outlook for Windows, French',
    signature: 'Prénom; Nom; Adresse de messagerie; Rue (bureau); Ville (bureau)',
    rules: {
      'titre#1': 'salutation',
      'titre#2': 'job_title',
      'mots clés': 'tags',
      profession: 'unmapped:Clarky has no field for a profession',
      bureau: 'unmapped:a room or a place, not the city',
      emplacement: 'unmapped:a room or a place, not the city',
    },
  },
  {
    id: 'outlook-it',
    name: 'Outlook for Windows, Italian',
    signature: 'Cognome; Indirizzo posta elettronica; Via (uff.); Abitazione',
    rules: {
      titolo: 'salutation',
      ufficio: 'phone_numbers',
      'ufficio 2': 'phone_numbers',
      abitazione: 'phone_numbers',
      'abitazione 2': 'phone_numbers',
      professione: 'unmapped:Clarky has no field for a profession',
      'parole chiave': 'tags',
      luogo: 'unmapped:a room or a place, not the city',
    },
  },
  {
    id: 'outlook-nl',
    name: 'Outlook for Windows, Dutch',
    signature: 'Voornaam; Achternaam; E-mailadres; Telefoon op werk; Adreslijstserver',
    rules: {
      titel: 'salutation',
      beroep: 'unmapped:Clarky has no field for a profession',
      trefwoorden: 'tags',
      // Read by a program that parts "Werkadres, straat" at its comma: three lines of work, then three of home, then other.
      'werkadres 2': 'ignore:the beginning of the next column',
      'werkadres 3': 'ignore:the beginning of the next column',
      'straat#1': 'address_line1@business',
      'straat#2': 'address_line2@business',
      'straat#3': 'address_line2@business',
      'straat#4': 'address_line1@home',
      'straat 2#1': 'address_line2@home',
      'straat 3#1': 'address_line2@home',
      'straat#5': 'address_line1@other',
      'straat 2#2': 'address_line2@other',
      'straat 3#2': 'address_line2@other',
      locatie: 'unmapped:a room or a place, not the city',
    },
  },
  {
    id: 'outlook-es',
    name: 'Outlook for Windows, Spanish',
    signature: 'Nombre; Apellidos; Calle del trabajo; Particular',
    rules: { título: 'salutation', title: 'salutation', particular: 'phone_numbers', 'palabras clave': 'tags' },
  },
  {
    id: 'outlook-pt',
    name: 'Outlook for Windows, Portuguese',
    signature: 'Primeiro nome; Sobrenome; Telefone comercial; Tratamento; Categorias',
    rules: {
      cidade: 'city@other',
      'estado#1': 'state@home',
      'estado#2': 'state@other',
      cep: 'postal_code@other',
      particular: 'unmapped:a flag, not a phone',
      profissão: 'unmapped:Clarky has no field for a profession',
      'palavras-chave': 'tags',
      local: 'unmapped:a room or a place, not the city',
      'endereço residencial#1': 'block@home',
      'endereço residencial#2': 'address_line1@home',
    },
  },
  {
    id: 'outlook-sv',
    name: 'Outlook for Windows, Swedish',
    signature: 'Förnamn; Efternamn; E-postadress; Arbete; Hem',
    rules: {
      titel: 'salutation',
      '=Arbete': 'phone_numbers',
      '=Hem': 'phone_numbers',
      // Read by a program that parts "Gatuadress, arbete" at its comma, the street of work comes first.
      'gatuadress#1': 'address_line1@business',
      'gatuadress 2#1': 'address_line2@business',
      'gatuadress 3#1': 'address_line2@business',
      'gatuadress#2': 'address_line1@home',
      'gatuadress 2#2': 'address_line2@home',
      'gatuadress 3#2': 'address_line2@home',
      'telefon 1': 'phone_numbers<',
      'telefon 2': 'unmapped:a radio phone',
      'postadress, arbete': 'postal_code@business',
      nyckelord: 'tags',
      hemort: 'city@home',
    },
  },
  {
    id: 'outlook-da',
    name: 'Outlook for Windows, Danish',
    signature: 'Fornavn; Efternavn; E-mail-adresse; Gade (arbejde); By (arbejde)',
    rules: {
      titel: 'salutation',
      nøgleord: 'tags',
      'by (arbejde)': 'city@business',
      'by (privat)': 'city@home',
      'anden by': 'city@other',
    },
  },
  {
    id: 'outlook-pl',
    name: 'Outlook for Windows, Polish',
    signature: 'Imię; Nazwisko; Adres e-mail; Telefon służbowy; Kategorie',
    rules: { tytuł: 'salutation', 'słowa kluczowe': 'tags', zawód: 'unmapped:Clarky has no field for a profession' },
  },
  {
    id: 'outlook-ru',
    name: 'Outlook for Windows, Russian',
    signature: 'Имя; Фамилия; Адрес эл. почты; Рабочий телефон; Категории',
    rules: { 'ключевые слова': 'tags' },
  },
  {
    id: 'outlook-tr',
    name: 'Outlook for Windows, Turkish',
    signature: 'İlk Adı; Soyadı; Elektronik Posta Adresi; İş-Cadde',
    rules: { unvan: 'salutation', 'anahtar sözcükler': 'tags' },
  },
  {
    id: 'outlook-ja',
    name: 'Outlook for Windows, Japanese',
    signature: '姓; 名; 電子メール アドレス; 会社電話',
    rules: { キーワード: 'tags' },
  },
];
