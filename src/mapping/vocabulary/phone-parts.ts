/** Columns that say a part of the phone number beside them. Data alone; compared like the aliases. */

export const PHONE_PART_NAMES = {
  calling_code:
    'calling code; country calling code; dial code; dialing code; dialling code; country dial code; country dialing code; isd; isd code; idd; idd code; international code; international dialing code; international prefix; phone code; telephone code; tel code; phone prefix; country prefix; mobile prefix; ' +
    'phone country prefix; phone calling code; phone dial code; ländervorwahl; landesvorwahl; landeskennzahl; internationale vorwahl; vorwahl land; indicatif pays; indicatif du pays; indicatif téléphonique; indicatif international; prefijo internacional; prefijo país; prefijo de país; prefijo del país; código internacional; código telefónico; ' +
    'ddi; código ddi; prefisso internazionale; prefisso nazionale; prefisso paese; landnummer; landencode; toegangsnummer; landsnummer; landskod; landskode; landekode; landkode; numer kierunkowy kraju; kod kraju telefonu; maatunnus; suuntanumero maa; ülke kodu; ülke telefon kodu; телефонный код страны; код страны; 国际区号; 國際區號; 国家区号; 国番号; 국가번호; 국가 번호; مفتاح الدولة; رمز الدولة; رمز البلد; رمز الاتصال',
  area_code:
    'area code; lada; clave lada; phone area code; phone area; telephone area code; std; std code; ddd; código ddd; city code; region code phone; ortsvorwahl; indicatif régional; indicatif local; código de área; código área; netnummer; kengetal; riktnummer; kierunkowy; numer kierunkowy; suuntanumero; alan kodu; код города; код оператора; 区号; 區號; 市外局番; 지역번호; رمز المنطقة',
  phone_country:
    'phone country; phone country name; phone country iso; phone iso; telephone country; mobile country; country of phone; telefonland; pays du téléphone; país del teléfono; país do telefone; paese telefono; telefoon land; iso2 phone; phone region',
  code: 'country code; phone country code; mobile country code; telephone country code; countrycode; cc code; code pays; code du pays; country code phone; country code mobile; código de país; código país; código do país; código del país; land code; landcode; ländercode; länderkennung; codice paese; codice nazione; kod kraju; 国家代码; 國家代碼; 国コード; 국가 코드; 국가코드',
  prefix:
    'vorwahl; indicatif; prefijo; prefisso; prefixo; phone code prefix; tel prefix; prefix phone; dialing prefix; préfixe; voorvoegsel telefoon; netnummer land',
} as const;
