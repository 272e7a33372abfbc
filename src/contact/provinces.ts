/** Codes of the provinces of Italy, as they stand in its addresses. */
const ITALIAN: ReadonlySet<string> = new Set(
  (
    'AG AL AN AO AP AQ AR AT AV BA BG BI BL BN BO BR BS BT BZ CA CB CE CH CL CN CO CR CS CT CZ EN FC FE FG FI FM FR GE GO GR ' +
    'IM IS KR LC LE LI LO LT LU MB MC ME MI MN MO MS MT NA NO NU OR PA PC PD PE PG PI PN PO PR PT PU PV PZ RA RC RE RG RI ' +
    'RM RN RO SA SI SO SP SR SS SU SV TA TE TN TO TP TR TS TV UD VA VB VC VE VI VR VT VV'
  ).split(' '),
);

/** Whether texts are codes of provinces of Italy, one of them another than `NA`, which is Naples there and nothing elsewhere. */
export function areItalianProvinces(texts: readonly string[]): boolean {
  return texts.some((text) => text !== 'NA') && texts.every((text) => ITALIAN.has(text));
}
