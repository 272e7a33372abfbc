import { foldedWord } from '../folding.js';

/**
 * First names in Cyrillic and Greek that may be one person's, a line each, with what they are in Latin letters where the letters
 * alone do not say it; without accents and the marks of й and ё, as names are compared.
 */
const FORMS = `
александр саша шура саня alexander alex alexandre alessandro sasha
александра саша шура alexandra alex sasha sandra
алексеи леша алеша alexey aleksey alexei alex alexis
анастасия настя anastasia nastya stacy
андреи andrey andrei andrew andre andreas
анна аня анюта anna ann anne anya hannah
антон anton anthony tony
валентин валя valentin
валентина валя valentina valya
валерии валера valery valera
валерия лера valeria valerie
виктор витя victor viktor vitya
виктория вика victoria viktoria vika
владимир вова володя vladimir vova volodya
георгии жора georgy georgi george yuri
григории гриша grigory gregory grisha
дмитрии дима митя dmitry dmitri dima mitya
евгении женя evgeny yevgeny eugene zhenya
евгения женя evgenia eugenia zhenya
екатерина катя ekaterina yekaterina catherine katherine katya kate
елена лена алена elena yelena helen helena lena alyona
елизавета лиза elizaveta elizabeth elisabeth liza lisa
иван ваня ivan vanya john ioan
илья ilya elijah elias
иосиф iosif joseph osip
ирина ира irina irene ira
константин костя konstantin constantine kostya
ксения оксана ksenia xenia oksana
лев lev leo leon
любовь люба lyubov luba
людмила люда мила lyudmila ludmila mila
мария маша маруся maria mary marie masha
матвеи matvey matthew
михаил миша mikhail michael misha
надежда надя nadezhda nadia nadya hope
наталья наталия наташа natalia natalya natalie natasha
николаи коля nikolay nikolai nicholas nick kolya
ольга оля olga olya helga
павел паша pavel paul pasha
петр петя pyotr petr peter petya
светлана света svetlana sveta lana
семен semyon simon simeon
сергеи сережа sergey sergei serge seryozha
софия софья соня sofia sophia sofya sonya
степан stepan stephen steven
татьяна таня tatyana tatiana tanya
федор федя fyodor fedor theodore
юлия юля yulia julia julie yulya
юрии юра yuri yury george yura
яков яша yakov jacob james yasha
αθανασιος θανασης athanasios thanasis nasos
αικατερινη κατερινα aikaterini katerina catherine kate
αλεξανδρος αλεκος alexandros alexander alex alekos
αναστασιος τασος anastasios tasos
αντωνιος αντωνης antonios antonis anthony tony
βασιλειος βασιλης vasileios vasilis vassilis basil bill
γεωργιος γιωργος georgios giorgos yorgos george
δημητριος δημητρης μητσος dimitrios dimitris jim
ελενη ελενα eleni elena helen
ευαγγελια ευα evangelia eva
ιωαννα γιαννα ioanna gianna joanna
ιωαννης γιαννης ioannis giannis yannis yiannis john
κωνσταντινος κωστας κωνσταντινα konstantinos kostas costas constantine gus
μαρια μαριω maria mary
μιχαηλ μιχαλης michail michalis michael mike
νικολαος νικος nikolaos nikos nicholas nick
παναγιωτης τακης panagiotis takis
σπυριδων σπυρος spyridon spyros
χρηστος χριστος christos chris
`;

const LATIN_WORDS = / [a-z]+/g;

function lines(): string[] {
  return FORMS.trim().split(/\n+/);
}

/** Each line without Latin letters. */
export function formsInOtherScripts(): string[] {
  return lines().map((line) => line.replace(LATIN_WORDS, ''));
}

let across: Map<string, string[]> | undefined;

/** What a name is in another script: two that are one there, Anna and Hannah, are two in one script. */
export function formsAcross(name: string): readonly string[] {
  if (across === undefined) {
    across = new Map();
    for (const line of lines()) {
      const latin = [...line.matchAll(LATIN_WORDS)].map(([word]) => foldedWord(word.trim()));
      const own = line.replace(LATIN_WORDS, '').split(' ');
      for (const form of own) across.set(form, [...(across.get(form) ?? []), ...latin]);
      for (const form of latin) across.set(form, [...(across.get(form) ?? []), ...own]);
    }
  }
  return across.get(name) ?? [];
}
