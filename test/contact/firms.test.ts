import { describe, expect, it } from 'vitest';
import { isFirmByLaw } from '../../src/contact/names/firm-names.js';

describe('names of firms, beyond doubt', () => {
  it.each([
    ...['Acme Ltd', 'Acme Ltd.', 'Acme, Inc.', 'Acme Inc', 'Acme LLC', 'Acme L.L.C.', 'Acme PLC', 'Acme (Pty) Ltd'],
    ...['Acme Pty Ltd', 'Acme Pte. Ltd.', 'Acme Pvt Ltd', 'Acme Sdn Bhd', 'Acme Co.', 'Acme Co., Ltd.', 'Acme Corp.'],
    ...['Müller GmbH', 'Müller GmbH & Co. KG', 'Muster AG', 'Bau UG (haftungsbeschränkt) GmbH', 'Weber & Söhne OHG'],
    ...['Dupont SARL', 'Dupont S.A.R.L.', 'Dupont SAS', 'Dupont S.A.', 'Acme SA', 'Genève Sàrl'],
    ...[
      'Acme SpA',
      'Acme S.p.A.',
      'Rossi Srl',
      'Rossi S.r.l.',
      'Acme S.L.',
      'Acme S.A. de C.V.',
      'Acme Ltda',
      'Acme Lda.',
    ],
    ...['Acme BV', 'Acme B.V.', 'Acme NV', 'Acme AB', 'Acme A/S', 'Acme ApS', 'Acme AS', 'Acme Oy', 'Acme Oyj'],
    ...[
      'Acme Sp. z o.o.',
      'Acme S.A.',
      'Acme s.r.o.',
      'Acme a.s.',
      'Acme d.o.o.',
      'Acme Kft.',
      'Acme A.Ş.',
      'Acme Ltd. Şti.',
    ],
    ...[
      'ООО Ромашка',
      'ООО "Ромашка"',
      'Ромашка ООО',
      'ЗАО Вектор',
      'ТОВ Ромашка',
      '株式会社サンプル',
      'サンプル株式会社',
    ],
    ...[
      'ČEZ a. s.',
      'Acme Sp. z o. o.',
      'Kowalski Sp.j.',
      'Kowalski sp. k.',
      'Acme Ltda - ME',
      'Banco X S/A',
      '(株)山田',
    ],
    ...['Baker & Sons', 'Müller und Partner', 'Smith & Co'],
  ])('%s', (name) => expect(isFirmByLaw(name)).toBe(true));

  it.each([
    ...['Inc', 'Ltd', 'AG', 'Oy', 'Co', 'Ada Moss', 'Joana Sá', 'Max SE', 'John AB', 'Kim Co', 'Aung Oo', 'Ann Oo'],
    ...['MARIA SA', 'Anna Bank', 'The Smith Family', 'Familie Müller', 'The Roe household', 'Sia Furler', 'Ola Ag'],
    ...['Ing. Karl AG-Müller', 'Ann Lee MBA', 'Peter As', 'Dr. S.A. Khan', 'Mary Spa', 'Anna S.', 'J. S. Bach', ''],
  ])('%j is none', (name) => expect(isFirmByLaw(name)).toBe(false));
});
