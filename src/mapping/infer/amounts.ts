/** "Amount": the value of a deal beside a deal, what was paid beside a ticket; and whose company a company is. Pure. */

import { headerTokens } from '../header.js';
import { shareOf } from './column.js';
import { isOfField } from './sense.js';
import type { Sensed } from './neighbours.js';

/** A bare sum, in the languages that call a deal's value so. */
const SUM: ReadonlySet<string> = new Set(
  'amount amounts montant importe importo bedrag betrag kwota belopp beløb tutar'.split(' '),
);
const DEAL: ReadonlySet<string> = new Set(
  'deal deals opportunity opportunities pipeline stage probability forecast closing affaire negocio negócio trattativa verkaufschance auftrag'.split(
    ' ',
  ),
);
const SALE: ReadonlySet<string> = new Set(
  (
    'ticket tickets order orders donation donations donor gift payment payments paid invoice refund transaction tax fee discount coupon product item items sku quantity qty event ' +
    'course reward pledge membership subscription checkout purchase charge bestellung rechnung spende zahlung commande facture don paiement billet pedido factura donación pago entrada ordine fattura donazione bestelling factuur donatie betaling'
  ).split(' '),
);

/** Decides a bare sum by the columns beside it; where they say nothing, it is asked for. */
export function resolveAmounts(all: readonly Sensed[]): Sensed[] {
  const others = all.filter(({ column }) => !SUM.has(column.key));
  const words = new Set(others.flatMap(({ column }) => headerTokens(column.header)));
  const names = (list: ReadonlySet<string>): boolean => [...words].some((word) => list.has(word));
  const isBusiness = others.some(
    ({ sense }) => sense?.kind === 'field' && (sense.field === 'job_title' || sense.field === 'company'),
  );
  return all.map(({ column, sense }): Sensed => {
    if (sense?.kind !== 'field' || sense.field !== 'deal_value' || !SUM.has(column.key) || names(DEAL))
      return { column, sense };
    if (names(SALE))
      return { column, sense: { kind: 'unmapped', why: 'what was paid for something, not the value of a deal' } };
    if (isBusiness) return { column, sense };
    return {
      column,
      sense: { kind: 'ask', suggestions: ['deal_value'], why: 'may be what was paid, not the value of a deal' },
    };
  });
}

/** What is said of firms alone. */
const OF_A_FIRM: ReadonlySet<string> = new Set(
  'siccode tickersymbol employees numberofemployees noofemployees annualrevenue parentaccount parentaccountid accountnumber accounttype ownership naics naicscode duns dunsnumber'.split(
    ' ',
  ),
);
const FEWEST_OF_A_FIRM = 3;

/** "Name" in a list of accounts is the firm's: beside three things that are said of firms, and no part of a person's name. */
export function resolveAccounts(all: readonly Sensed[]): Sensed[] {
  const ofFirm = all.filter(({ column }) => OF_A_FIRM.has(column.key));
  const isTaken = all.some(
    ({ sense }) => sense?.kind === 'field' && /^(?:first_name|last_name|company|job_title)$/.test(sense.field),
  );
  if (isTaken || ofFirm.length < FEWEST_OF_A_FIRM) return [...all];
  return all.map(({ column, sense }): Sensed => {
    const isName = column.key === 'name' && (sense?.kind === 'any_name' || sense?.kind === 'field');
    return isName ? { column, sense: { kind: 'field', field: 'company' } } : { column, sense };
  });
}

/** Firms that carry, insure or light the contact's house. */
const CARRIERS: ReadonlySet<string> = new Set([
  'shipping',
  'ship',
  'delivery',
  'versand',
  'livraison',
  'envío',
  'spedizione',
]);

/** "Shipping Company" beside a company is the parcel's, or who carries it; alone it is asked for. */
export function resolveCompanies(all: readonly Sensed[]): Sensed[] {
  const isCompany = ({ sense }: Sensed): boolean => isOfField(sense, 'company');
  const isCarrier = ({ column }: Sensed): boolean => headerTokens(column.header).some((token) => CARRIERS.has(token));
  const hasOwn = all.some((sensed) => isCompany(sensed) && !isCarrier(sensed));
  return all.map((sensed): Sensed => {
    if (!isCompany(sensed) || !isCarrier(sensed)) return sensed;
    const why = 'may be who carries the parcel';
    if (hasOwn) return { column: sensed.column, sense: { kind: 'unmapped', why: 'another company of the row' } };
    return { column: sensed.column, sense: { kind: 'ask', suggestions: ['company'], why } };
  });
}

/** Whom one deals with: beside the name of a person it is the firm that the person is of, or whose customer. */
const PARTIES: ReadonlySet<string> = new Set(
  (
    'supplier suppliers vendor vendors customer customers client clients dealer reseller distributor manufacturer lieferant lieferanten kunde kunden kreditor debitor händler hersteller auftraggeber geschäftspartner ' +
    'fournisseur proveedor fornitore fornecedor leverancier leverantör leverandør dostawca tedarikçi toimittaja поставщик cliente clientes klant kund klient asiakas müşteri клиент'
  ).split(' '),
);
const MOSTLY = 0.8;

/** "Supplier" beside "Contact person", and no company: may be the company, and is asked for. */
export function resolveParties(all: readonly Sensed[]): Sensed[] {
  const isOf = ({ sense }: Sensed, isField: (field: string) => boolean): boolean =>
    (sense?.kind === 'field' && isField(sense.field)) || (sense?.kind === 'ask' && sense.suggestions.some(isField));
  const hasCompany = all.some((sensed) => isOf(sensed, (field) => field === 'company'));
  const hasName = all.some((sensed) => isOf(sensed, (field) => /^(?:name|first_name|last_name)$/.test(field)));
  if (hasCompany || !hasName) return [...all];
  return all.map(({ column, sense }): Sensed => {
    const isParty = sense === undefined && PARTIES.has(headerTokens(column.header).join(' '));
    if (!isParty || shareOf(column, (value) => /\p{L}{2}/u.test(value) && !value.includes('@')) < MOSTLY)
      return { column, sense };
    return { column, sense: { kind: 'ask', suggestions: ['company'], why: 'may be the company of the contact' } };
  });
}
