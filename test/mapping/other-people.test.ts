import { describe, expect, it } from 'vitest';
import { inferMapping } from '../../src/mapping/infer/infer.js';
import { wordOfTarget } from '../../src/mapping/propose.js';

const VALUES: Readonly<Record<string, string>> = {
  'Full Name': 'Ada Moss',
  Email: 'ada@example.com',
  Phone: '+12125550199',
};

/** What a column of phones or e-mails becomes beside the contact's own: `-` for left out, `?` for asked. */
function besideOwn(header: string, value: string, base = Object.keys(VALUES)): string {
  const cells = [...base.map((name) => VALUES[name] ?? 'x'), value];
  const { columns } = inferMapping({ header: [...base, header], samples: [{ line: 2, cells }] });
  const own = columns.slice(0, -1).map(({ target }) => wordOfTarget(target));
  expect(own, header).not.toContain('undecided');
  const target = columns.at(-1)?.target;
  if (target === undefined) throw new Error('no column');
  return { undecided: '?', unmapped: '-', ignore: '-' }[wordOfTarget(target)] ?? wordOfTarget(target);
}

const PHONES = {
  '-': [
    ...['Tenant Phone', 'Landlord Phone', 'Guarantor Phone', 'Bill To Phone', 'Ship To Phone', 'NOK Tel', 'ICE Number'],
    ...["Doctor's Phone Number", 'GP Phone', 'Co-applicant Phone', 'Attorney Phone', 'Listing Agent Cell', 'Vet Phone'],
    ...[
      'Mom Cell',
      'Grandparent Phone',
      'Babysitter Phone',
      'Neighbour Tel',
      'Authorized Pickup Phone',
      'Referee Phone',
    ],
    ...[
      'Billing Contact Phone',
      'On-site Contact Phone',
      'Accounts Payable Phone',
      'Social Worker Phone',
      'Hotel Phone',
    ],
    ...['Tél. nourrice', 'Tél. de la nourrice', 'Personne à prévenir', 'Téléphone de la personne à prévenir'],
    ...[
      'Téléphone du médecin',
      'Tél. personne de confiance',
      "Tél. de l'accompagnant",
      'Tél. locataire',
      'Tél. avocat',
    ],
    ...[
      'Telefon Notfallkontakt',
      'Telefon Arzt',
      'Hausarzttelefon',
      'Telefon Vermieter',
      'Telefon Oma',
      'Telefon Nachbar',
    ],
    ...['Teléfono del médico', 'Teléfono abogado', 'Teléfono aval', 'Teléfono pareja', 'Avisar a teléfono'],
    ...['Telefono medico', 'Telefono avvocato', 'Telefono nonni', 'Persona da avvisare telefono'],
    ...['Telefone do médico', 'Telefone do fiador', 'Telefone recado', 'Telefone do cônjuge'],
    ...['Telefoon huisarts', 'Telefoon verhuurder', 'Telefoon buren', 'Telefon lekarza', 'Doktor telefonu'],
  ],
  '?': [
    ...[
      'School Phone',
      'Store Phone',
      'Employer Phone',
      "Tél. de l'employeur",
      'Telefon Arbeitgeber',
      'Telefoon werkgever',
    ],
    ...['Teléfono empleador', 'Telefono datore di lavoro', 'Telefone da escola', 'Alternate Contact Phone'],
    ...['Backup Contact Phone', 'Secondary Contact Phone', 'Guest 2 Phone', 'Telefon Ansprechpartner', 'Billing Phone'],
  ],
  phone_numbers: [
    ...[
      'Alternate Phone',
      'Alternate Contact Number',
      'Work Phone',
      'Work/Employer Phone',
      'Tél. bureau',
      'Tél. travail',
    ],
    ...[
      'Telefon dienstlich',
      'Weitere Telefonnummer',
      'Teléfono alternativo',
      'Telefono lavoro',
      'Primary Contact Phone',
    ],
    ...['Telefone comercial', 'Telefoon werk', 'Second Phone'],
  ],
} as const;

describe('phones and e-mails of other people', () => {
  it.each(Object.entries(PHONES))('phones that become %s beside the contact’s own', (to, headers) => {
    for (const header of headers) expect([header, besideOwn(header, '+12125550101')]).toEqual([header, to]);
  });

  it.each([
    ['-', ['Tenant Email', 'Bill To Email', 'Attorney Email', 'Spouse Email', 'Referrer Email', 'Doctor Email']],
    ['?', ['School Email', 'Employer Email', 'Alternate Contact Email', 'Billing Email', 'Contact Person Email']],
    ['emails', ['Alternate Email', 'Work Email', 'Secondary Email', 'University Email']],
  ] as const)("e-mails that become %s beside the contact's own", (to, headers) => {
    for (const header of headers) expect([header, besideOwn(header, 'zed@other.example')]).toEqual([header, to]);
  });

  it('a list of tenants is one of tenants', () => {
    const header = ['Tenant Name', 'Tenant Email', 'Tenant Phone', 'Landlord Email'];
    const cells = ['Ada Moss', 'ada@example.com', '+12125550199', 'zed@other.example'];
    const { columns } = inferMapping({ header, samples: [{ line: 2, cells }] });
    expect(columns.map(({ target }) => wordOfTarget(target))).toEqual(['name', 'emails', 'phone_numbers', 'unmapped']);
  });

  it('an invoice’s e-mail is the contact’s where the own column is mostly blank, or says the same', () => {
    const own = ['Full Name', 'Email', 'Billing Email'];
    const blank = inferMapping({
      header: own,
      samples: [1, 2, 3].map((line) => ({
        line,
        cells: ['Ada Moss', line === 3 ? 'a@b.example' : '', 'pay@b.example'],
      })),
    });
    expect(blank.columns[2]?.target).toMatchObject({ field: 'emails' });
    const same = inferMapping({
      header: own,
      samples: [{ line: 2, cells: ['Ada Moss', 'ada@b.example', 'Ada@b.example'] }],
    });
    expect(same.columns[2]?.target).toMatchObject({ field: 'emails' });
  });

  it('a second contact with a name is a second person', () => {
    const header = [
      'Name',
      'Email',
      'Backup Contact Name',
      'Backup Contact Phone',
      'Alternate Contact Name',
      'Alternate Contact Email',
    ];
    const cells = ['Ada Moss', 'ada@example.com', 'Tia Rent', '+12125550121', 'Uma Fay', 'uma@example.com'];
    const { columns } = inferMapping({ header, samples: [{ line: 2, cells }] });
    expect(columns.map(({ person }) => person)).toEqual([undefined, undefined, 3, 3, 2, 2]);
  });
});
