import { describe, expect, it } from 'vitest';
import { inferMapping } from '../../src/mapping/infer/infer.js';
import { wordOfTarget } from '../../src/mapping/propose.js';
import { table } from './mapping-fixtures.js';

/** What a column of this name and these values becomes, beside a plain e-mail column of another table. */
function fieldOf(header: string, ...values: string[]): string {
  const mapping = inferMapping(table([[header], ...values.map((value) => [value])]));
  const [column] = mapping.columns;
  return column === undefined ? '' : wordOfTarget(column.target);
}

describe('headers that say more than a name', () => {
  it.each([
    ["What's your email?", 'emails'],
    ['Email address (we will send your ticket here)', 'emails'],
    ['Please enter your work email', 'emails'],
    ['Ticket Email', 'emails'],
    ['Purchase Email', 'emails'],
    ['Emails / Primary Email', 'emails'],
    ['Email__c', 'emails'],
    ['Email 邮箱', 'emails'],
    ['Wie lautet Ihre E-Mail-Adresse?', 'emails'],
    ['Unter welcher Telefonnummer können wir dich erreichen?', 'phone_numbers'],
    ['4. Company', 'company'],
    ['¿En qué ciudad vives?', 'city'],
    ['Dans quelle entreprise travaillez-vous ?', 'company'],
    ['In welcher Stadt wohnst du?', 'city'],
    ['Bij welk bedrijf werk je?', 'company'],
    ['W jakim mieście mieszkasz?', 'city'],
    ['I vilken stad bor du?', 'city'],
    ['В каком городе вы живете?', 'city'],
    ['Numer telefonu (z kierunkowym)', 'phone_numbers'],
    ['Bus. phone (s.phone)', 'phone_numbers'],
    ['Pers. phone', 'phone_numbers'],
    ['Tel (Off)', 'phone_numbers'],
    ['Post/Function (s.poste)', 'job_title'],
    ['Nom du tiers* (s.nom)', 'company'],
    ['Sales account', 'company'],
    ['Note (private)', 'notes'],
    ['Bill First Name', 'first_name'],
    ['Bill Company', 'company'],
    ['E-mail geschäftl.', 'emails'],
    ['Vor-/Nachname', 'name'],
    ['Фамилия Имя Отчество', 'name'],
    ['Контактное лицо', 'name'],
    ['Контрагент', 'company'],
    ['Rag. Soc.', 'company'],
    ['Κινητό τηλέφωνο', 'phone_numbers'],
    ['emails 1.email', 'emails'],
    ['Q2 Last Name', 'last_name'],
    ['市区町村', 'city'],
    ['¿Cuál es tu correo electrónico?', 'emails'],
    ['Qual é o seu e-mail?', 'emails'],
    ['Vad är din e-postadress?', 'emails'],
    ['Jaki jest Twój adres e-mail?', 'emails'],
    ['E-posta adresiniz', 'emails'],
    ['البريد الإلكتروني', 'emails'],
    ['您的电子邮箱', 'emails'],
    ['メールアドレス（必須）', 'emails'],
    ['Phone (with country code)', 'phone_numbers'],
    ['Best phone number to reach you', 'phone_numbers'],
    ['can2_phone', 'phone_numbers'],
    ['Hvad er dit telefonnummer?', 'phone_numbers'],
    ['Qual è il tuo numero di telefono?', 'phone_numbers'],
    ['Puhelinnumero (pakollinen)', 'phone_numbers'],
    ['Ваш номер телефона', 'phone_numbers'],
    ['رقم الجوال', 'phone_numbers'],
    ['联系电话', 'phone_numbers'],
    ['휴대폰 번호', 'phone_numbers'],
    ['Name (First)', 'first_name'],
    ['Quel est votre prénom ?', 'first_name'],
    ['Last name (surname)', 'last_name'],
    ['Name (first and last)', 'name'],
    ['Full Name / Nom complet', 'name'],
    ['姓名 Name', 'name'],
    ['お名前', 'name'],
    ['Company (if any)', 'company'],
    ['What company do you work for?', 'company'],
    ['Company / Name', 'company'],
    ['公司名称', 'company'],
    ['Job title/role', 'job_title'],
    ['How did you hear about us?', 'lead_source'],
    ['Anything we should know?', 'unmapped'],
    ['Town/City', 'city'],
    ['POCity', 'city'],
    ['State/Province/Region/County/Territory/Prefecture/Republic', 'state'],
    ['Zip/Postal Code', 'postal_code'],
    ['Country/Region Name', 'country'],
    ['Bill Address 1', 'address_line1'],
    ['Kotiosoite', 'address_line1'],
    ['CORREO INSTITUCIONAL', 'emails'],
    ['School email', 'emails'],
    ['Head Email', 'emails'],
    ['Nr domu', 'address_line1'],
    ['Billing Name', 'name'],
  ])('%s is %s', (header, field) => {
    expect(fieldOf(header)).toBe(field);
  });

  it.each([
    'Spouse Email',
    'Email Opt In',
    'Can we email you?',
    'Do you agree to receive emails?',
    "Assistant's phone",
    'Emergency contact phone',
    'Notfallkontakt Telefon',
    '紧急联系电话',
    'Owner email',
    'Manager e-mail',
    'Fax (work)',
    'Faxnummer',
    'Telefaxnummer geschäftlich',
    '传真号码',
    'Referred by (name)',
    'Vendor Name',
    'PLZ/Ort',
    'Téléphone (voiture)',
    'Téléphone assistante',
    'Notfallnummer',
  ])('%s is nothing', (header) => {
    expect(fieldOf(header)).toMatch(/^(?:unmapped|ignore)$/);
  });

  it('is not believed where the values speak against it', () => {
    expect(fieldOf('Best email for you', 'yes', 'no')).not.toBe('emails');
    expect(fieldOf('Company (if any)', 'TRUE', 'FALSE')).not.toBe('company');
    expect(fieldOf('Address', 'ada@example.com', 'ben@example.com')).toBe('undecided');
    expect(fieldOf('Primary Contact', 'TRUE', 'FALSE')).toBe('unmapped');
    expect(fieldOf('Name', '#1001', '#1002')).toBe('unmapped');
    expect(fieldOf('Pin Code', '110001', '400 001')).toBe('postal_code');
  });

  it('leaves short words that mean several things to the values', () => {
    expect(fieldOf('Cep', '0532 123 45 67')).toBe('phone_numbers');
    expect(fieldOf('CEP', '01310-100')).toBe('postal_code');
    expect(fieldOf('Cel.', '11987654321')).toBe('phone_numbers');
    expect(fieldOf('Cel', 'sprzedaż')).toBe('unmapped');
    expect(fieldOf('What is the best number to reach you on?', '+12125550147')).toBe('phone_numbers');
    expect(fieldOf('Business', '212-555-0148')).toBe('phone_numbers');
    expect(fieldOf('Business', 'Acme')).toBe('company');
  });

  it('leaves it to the values where it is silent', () => {
    expect(fieldOf('', 'ada@example.com')).toBe('emails');
    expect(fieldOf('Home', '020 7946 0125')).toBe('phone_numbers');
    expect(fieldOf('MSISDN', '447700900123')).toBe('phone_numbers');
  });

  it('asks where nothing but the values speaks, which may be lists in JSON', () => {
    expect(fieldOf('Zorp', 'a@x.com')).toBe('undecided');
    expect(fieldOf('Zorp', '[{"value":"a@x.com","type":"work"}]', '["b@x.com"]', '{"email":"c@x.com"}')).toBe(
      'undecided',
    );
    expect(fieldOf('Zorp', '[{"value":"+44 7700 900123"}]', '["+44 7700 900124"]')).toBe('undecided');
    expect(fieldOf('Zorp', '[{"name":"Ann","email":"a@x.com"}]')).toBe('unmapped');
  });
});

describe('other people of a row', () => {
  const fieldsOf = (...header: string[]): string[] =>
    inferMapping(table([header])).columns.map(({ target }) => wordOfTarget(target));

  it('are left out where the contact has an e-mail of its own', () => {
    expect(fieldsOf('Ticket Email', 'Order Email', 'Order Phone Number')).toEqual(['emails', 'unmapped', 'unmapped']);
    expect(fieldsOf('From Email Address', 'To Email Address')).toEqual(['emails', 'unmapped']);
    expect(fieldsOf('Email', 'Agent Email')).toEqual(['emails', 'unmapped']);
  });

  it('are asked about where nobody else is there', () => {
    expect(fieldsOf('Agent Email')).toEqual(['undecided']);
  });
});

describe('what must stay secret', () => {
  it.each([
    ...['BankAccountNumber', 'bank_acct_no', 'TaxNumber', 'rp_token', 'taxvat', 'NI Number', 'Sort code', 'Card no'],
    ...[
      'N° INSEE',
      'Nº Seg. Social',
      'Nr rachunku',
      'БИК',
      'EMŠO',
      'Geburtsname der Mutter',
      'socialSecNum',
      'תעודת זהות',
      'Rodné číslo',
      'CNP',
      'Adószám',
      'NPWP',
      'CCCD',
      'Asmens kodas',
      'ЄДРПОУ',
      'סיסמה',
    ],
    ...['UPI ID', 'UAN', 'A/C No', 'Krankenversichertennummer', 'Code confidentiel', 'Nº de cuenta'],
    ...['Security answer', 'Passcode', 'SIN', 'Medicare number', 'SSN', 'Social Security #', 'password_hash', 'IBAN'],
    ...['Steuernummer', 'Sozialversicherungsnummer', 'Kontonummer', 'Kreditkartennummer', 'Numéro de sécurité sociale'],
    ...['N° carte bancaire', 'Cuenta bancaria', 'Número de la seguridad social', 'CPF/CNPJ', 'Codice Fiscale'],
    ...['Partita IVA', 'BSN', 'Rekeningnummer', 'Personnummer', 'PESEL', 'Henkilötunnus', 'TC Kimlik No', 'ИНН'],
    ...[
      '身份证号',
      '银行卡号',
      'マイナンバー',
      '주민등록번호',
      'رقم الهوية',
      'Passport No.',
      "Driver's License",
      'PIN',
      'Wachtwoord',
    ],
    ...['customer_vat_number', 'NationalInsuranceNo', 'apiToken', "Mother's maiden name", 'Routing #', 'CVV2'],
    ...[
      'BIC/SWIFT',
      'Direct Deposit Acct',
      'Portal PIN',
      'Gate Code',
      'user_pass',
      'hashedPw',
      'authKey',
      'Sec Answer',
      'CC Exp',
    ],
    ...[
      'cardLast4',
      'Voter ID',
      'W-9 TIN',
      'Nat. Ins. No.',
      'Insurance Member ID',
      'Policy #',
      'DL #',
      'DNI/NIE',
      'C.F.',
    ],
    ...[
      'Título de eleitor',
      'N° CNI',
      'PIN-Code',
      'IdNr',
      'Krankenkassennummer',
      'Rekeningnr.',
      '暗証番号',
      'SEPA-Mandat',
    ],
    ...[
      'Diagnosis',
      'Medical Conditions',
      'Allergies',
      'Blutgruppe',
      'Condiciones médicas',
      'Maladies',
      '病歴',
      'Religion',
    ],
  ])('%s is never sent', (header) => {
    expect(fieldOf(header, '48 902 337 115')).toBe('ignore');
  });

  it('does not take the postal code of India for one', () => {
    expect(fieldOf('Pin Code', '560001')).toBe('postal_code');
  });

  it('an account number is one where it is long', () => {
    expect(fieldOf('Account Number', '12345678')).toBe('ignore');
    expect(fieldOf('AccountNumber', 'MAR001')).toBe('unmapped');
  });
});
