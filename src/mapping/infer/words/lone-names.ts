/** "Pupil", "Member": a word for a person over names of persons, where the file has no other name. Pure. */

import { headerTokens } from '../../header.js';
import { keysOf, once } from '../../vocabulary/words.js';
import { shareOf, type Column } from '../column.js';
import type { Sensed } from '../neighbours.js';
import { isNameSense, type Sense } from '../sense.js';

/** Persons, never firms. */
const PERSONS =
  'pupil; pupils; student; students; learner; child name; attendee; participant; member; patient; guest; visitor; delegate; registrant; candidate; applicant; volunteer; resident; tenant; voter; employee; staff; staff member; player; athlete; swimmer; passenger; respondent; subscriber; person; people; backer; donor; camper; trainee; scholar; contributor; giver; cardholder; user; user name; username; display name; ' +
  'schüler; schülerin; schülerinnen und schüler; lernende; teilnehmer; teilnehmerin; mitglied; patient; gast; bewerber; spieler; spielerin; person; mitarbeiter; mitarbeiterin; ' +
  'élève; étudiant; étudiante; participant; participante; membre; adhérent; patient; joueur; licencié; personne; salarié; bénévole; alumno; alumna; estudiante; participante; miembro; socio; paciente; jugador; persona; empleado; ' +
  'aluno; aluna; estudante; membro; sócio; paciente; pessoa; jogador; studente; alunno; alunna; partecipante; socio; iscritto; paziente; persona; giocatore; leerling; student; deelnemer; lid; patiënt; persoon; speler; ' +
  'elev; deltagare; medlem; elev; deltager; uczeń; uczestnik; członek; osoba; oppilas; jäsen; osallistuja; öğrenci; katılımcı; üye; hasta; kişi; ученик; студент; участник; пациент; член; 学生; 参加者; 会員; 학생; 회원';
/** Persons or firms. */
const PARTIES =
  'client; clients; customer; customers; lead; prospect; contact; buyer; purchaser; payer; kunde; kundin; kunden; interessent; cliente; clientes; klant; kund; klient; asiakas; müşteri; клиент; contacto; contatto; contato; kontakt; 客户; 顧客; 고객';

const persons = once(() => new Set(keysOf(PERSONS)));
const parties = once(() => new Set(keysOf(PARTIES)));

/** Two to five words of letters, the first of them with a capital, or a name in a script that has none. */
const NAME =
  /^(?:\p{Lu}[\p{L}\p{M}'’.-]*,? (?:[\p{L}\p{M}'’.-]+ ){0,3}\p{L}[\p{L}\p{M}'’.-]*|[\p{Script=Han}\p{Script=Hangul}]{2,4}(?: [\p{Script=Han}\p{Script=Hangul}]{1,4})?)$/u;
const MOSTLY = 0.8;

function isName({ sense }: Sensed): boolean {
  return isNameSense(sense);
}

const looksLikeNames = (column: Column): boolean => shareOf(column, (value) => NAME.test(value)) >= MOSTLY;

/** Takes the first such column for the name of the contact; asks where it may be that of a firm. */
export function resolveLoneNames(all: readonly Sensed[]): Sensed[] {
  if (all.some(isName)) return [...all];
  const called = (keys: ReadonlySet<string>): Sensed | undefined =>
    all.find(
      ({ column, sense }) =>
        (sense === undefined || sense.kind === 'ask' || sense.kind === 'unmapped') &&
        keys.has(headerTokens(column.header).join('')) &&
        looksLikeNames(column),
    );
  const person = called(persons());
  const own = person ?? called(parties());
  if (own === undefined) return [...all];
  const sense: Sense =
    person === undefined ? { kind: 'ask', suggestions: ['name', 'company'] } : { kind: 'field', field: 'name' };
  return all.map((sensed) => (sensed === own ? { column: sensed.column, sense } : sensed));
}
