/** Addresses that are a firm's and nobody's own: whoever writes from `info@` may be anybody there. Pure. */

const ROLES: ReadonlySet<string> = new Set(
  (
    'info infos information office offices sales contact contacts contactus mail email mailbox post hello hi hallo support service services admin administration ' +
    'administrator help helpdesk team staff crew enquiries enquiry inquiries inquiry billing accounts accounting accountspayable ap ar finance invoice invoices payments ' +
    'orders order booking bookings reservations reservation reception frontdesk customerservice customercare care feedback general marketing media pr press jobs careers hr ' +
    'recruiting recruitment webmaster postmaster hostmaster noreply shop store club school parish church clinic practice surgery studio legal secretary purchasing procurement ' +
    'kontakt anfrage anfragen buero büro verwaltung zentrale sekretariat empfang bestellung bestellungen vertrieb verkauf einkauf buchhaltung rechnung rechnungen rechnungswesen ' +
    'praxis kanzlei hausverwaltung gemeinde pfarramt presse bewerbung karriere kundenservice kundendienst ' +
    'accueil bonjour direction compta comptabilite secretariat commercial devis facturation mairie cabinet ' +
    'contacto contactenos ventas administracion facturacion pedidos reservas recepcion secretaria atencion oficina comercial ' +
    'contato vendas financeiro atendimento faturamento contatos geral escritorio recepcao ' +
    'contatti amministrazione segreteria commerciale vendite ordini prenotazioni ufficio fatture ' +
    'administratie verkoop receptie bureau secretariaat klantenservice facturen balie ' +
    'kontor myynti toimisto asiakaspalvelu biuro sekretariat sprzedaz ksiegowosc handel obchod fakturace objednavky bilgi satis iletisim ofis'
  ).split(' '),
);

/** Whether an address is many people's by its first word: `info@`, `sales.uk@`, `office2@`. @param email normalised */
export function isRoleMailbox(email: string): boolean {
  let end = 0;
  while (end < email.length && !endsWord(email.charCodeAt(end))) end++;
  return end >= SHORTEST && ROLES.has(email.slice(0, end));
}

const SHORTEST = 2;
const [AT_SIGN, UNDERSCORE, NINE] = [0x40, 0x5f, 0x39];

/** `@`, `_`, and what stands before the letters: `.`, `+`, `-`, digits. */
function endsWord(code: number): boolean {
  return code <= NINE || code === AT_SIGN || code === UNDERSCORE;
}
