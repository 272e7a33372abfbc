/** First names that may be one person's: each line one name with its short and other forms, in the key form of a name. */
import { formsAcross, formsInOtherScripts } from './scripts/first-names-in-other-scripts.js';
import { foldedWord } from './folding.js';

const FORMS = `
abigail abby gail
adriano adriana
albert al bert bertie
alexander alex alec sandy sasha aleksandr alejandro alessandro alexandre xander
alexandra alex sandra sandy sasha lexi alexa
alfred al fred alfie
alice alicia
amanda mandy
andrea andy
andrew andy drew andreas andre andres andrej andrzej
angela angie
anna ann anne annie anita anja ana
anthony tony antonio antoine anton
arthur art artie
barbara barb barbie babs
benjamin ben benny benji
bernard bernie bernhard bernardo
bradley brad
caroline carol carolin carolina carolyn carrie
catherine katherine kathryn katharina kate katie kathy cathy kathleen kitty kat katrin karin catalina catherina
cecilia cecily cissy
charles charlie chuck karl carl carlos carlo chas
charlotte lottie charlie
christian chris
christina christine christin chris tina chrissy kristina kristin kirsten
christopher chris kit christoph topher
clara claire clare
cynthia cindy
daniel dan danny
danielle dani
david dave davey
deborah debra deb debbie
dennis denny
diana diane diann dianna dian
dominic dom nick dominik
donald don donnie
dorothy dot dotty dottie dorothea
douglas doug
edward ed eddie ted teddy ned eduard eduardo edouard
eleanor ellie nell nora elinor leonora
elizabeth elisabeth liz lizzie beth betty eliza lisa elise libby bettina elsa isabel isabella
emanuel manuel
emanuela manuela
emily em emmy
emma em emmy
eric erik erich rick
ernest ernie ernst ernesto
eugene gene
eva eve evelyn
fabiana fabiola
florence flo
frances fran fanny francesca franziska
francis frank francisco francesco francois franz paco pancho
franklin frank
frederick fred freddy friedrich fritz rick frederic
gabriel gabe
gabrielle gabriela gaby
geoffrey jeffrey jeff geoff gottfried
george georg jorge giorgio georges jurgen jorg
gerald gerry jerry
gerard gerry gerhard
gregory greg gregor
hannah hanna
harold harry hal
helen helena ellen nell helene elena
henry harry hank heinrich henri enrique enrico heinz
herbert bert herb
hugh hugo
irene irina
jacob jake jack jakob
jacqueline jackie
james jim jimmy jamie jaime diego
jan johannes
jane janie jenny
janet jan
janet janie
jason jay
jennifer jen jenny jenn
jeremy jerry jeremiah
jessica jess jessie
joan joanie
joanna jo joann joanne johanna
joel joe
johann johannes hans johan
john johnny jack jon johann johannes hans juan giovanni joao johan
jonathan jon johnny jonny nathan
joseph joe joey jose josef giuseppe pepe josephe
josephine josie jo
joshua josh
judith judy
julia julie juliet juliana
karen karin karina
kenneth ken kenny
kimberly kim
laurence lawrence larry lorenz lorenzo lars
leonard len leo lenny leonardo
leslie les
lewis louis lou luis luigi ludwig
lillian lily lil lilian liliana
louise lou luisa
lucas luke luca lukas
lucy lucia lucie
madeline maddie madeleine
magdalena lena
margaret maggie meg peggy marge margie rita greta gretchen margarita marguerite margot margarete
maria mary marie mia maria mimi molly polly miriam
mark marcus marc marco markus marcos
marlene marlen marlena
martha marta
martin marty
martina tina
mathilda matilda tilda tilly
matthew matt mateo matthias matthieu
maximilian max maxim
maxwell max
melissa mel lissa
michael mike mick mickey micky miguel michel michele mikhail misha
michelle shelly micheline
mitchell mitch
muhammad mohammed mohamed mohammad muhammed
nancy nan
natalie nat natalia natasha
nathaniel nathan nat nate
nicholas nick nicky nicolas nikolaus klaus nicola nikolai
nicole nicky nicola
norbert bert
norman norm
oliver ollie
pamela pam
patricia pat patty trish tricia patrizia
patrick pat paddy patricio
paul paulo pablo paolo pavel
penelope penny
peter pete pedro pierre pietro petr piotr
philip phil phillip philipp felipe filip
rachel rachael
raphael rafael rafe
raymond ray ramon
rebecca becky becca
regina gina
renata renate
richard rick ricky dick rich richie ricardo riccardo
robert rob bob bobby robbie bert roberto rupert
roderick rod
rodney rod
roger rodger
roland rolf
ronald ron ronnie
rosemary rose rosie
rudolf rudy rolf
samantha sam sammy
samuel sam sammy
sandra sandy
sarah sara sally sadie
sebastian seb bastian
sharon shari
simon simeon
simona simone
sophia sophie sofia sofie
stanley stan
stephanie steph stefanie
stephen steven steve stefan stefano esteban etienne stephan stevie
susan sue susie suzy susanne susanna susana suzanne
terence terry
teresa theresa terry tess tessa terri
theodore ted teddy theo theodor
thomas tom tommy tomas
timothy tim timmy
ursula uschi
valentina valerie val
veronica vera ronnie
victor vic viktor vittorio
victoria vicky vic tori
vincent vince vinny vincenzo
virginia ginny
vivian viv viviana
walter walt wally
wilhelm willi willy
william bill billy will willy liam guillermo guillaume wilhelm
wolfgang wolf
yolanda yolande
zachary zach zack
zoe zoey
`;

/** Names without other forms: whoever has another first name is somebody else. */
const ALONE =
  'antonia augusta bruna carla christiane claudia claudio daniela fabian fabio federica federico fernanda fernando gabriele georgia giovanna giulia giulio ian ivan ivana jana jean josefa julian julio julius karla luciana luciano marcela mario martino massimo michaela milan milena nikita olaf oleg olga paola paula pauline petra radek rene renee roberta sandro sean sergio silvia silvio stefania tomasz vaclav valentin valentino viktoria';

/** Name to the lines that it stands on. */
let linesOf: Map<string, (readonly string[])[]> | undefined;

function linesOfName(name: string): readonly (readonly string[])[] {
  if (linesOf === undefined) {
    linesOf = new Map();
    for (const line of [...FORMS.trim().split(/\n+/), ...formsInOtherScripts(), ...ALONE.split(' ')]) {
      // As they are written and as names are compared.
      const forms = [...new Set(line.split(' ').flatMap((form) => [form, foldedWord(form)]))];
      for (const form of forms) linesOf.set(form, [...(linesOf.get(form) ?? []), forms]);
    }
  }
  return linesOf.get(name) ?? [];
}

/** First names that no form above has, where a family's name in capitals stands before them: `THOMAS Julien`. */
const OTHERS =
  'adrien alain amelie anais antonin arthur audrey aurelie aurelien axel baptiste beatrice bruno camille cedric celine chantal chloe clement cyril damien delphine denise didier dominique elodie emilie emmanuel estelle fabien fabienne fabrice florent florian franck gael gaelle gilles guillaume guy herve hugues jacques jerome jocelyne julien justine kevin laure laurent lea leo lionel loic lucien ludovic manon marie marine marion mathieu mathilde maxime melanie monique morgane muriel nadia nathalie noemie odile olivier pascal pauline philippe pierre quentin regis remi remy rene romain sebastien serge severine simone solene sophie stephanie sylvain sylvie tanguy theo thibault thierry valerie veronique virginie xavier yann yannick yves yvette yvonne ' +
  'birgit dieter gudrun heike helga holger ingrid jens jorn jutta kai lutz manfred marlies monika petra ralf renate rolf sabine sigrid silke stefan sven tanja thorsten torsten ulrich ulrike ursula uwe volker wolfgang aino anja bjorn erika ingrid kaisa matti pekka';

let others: ReadonlySet<string> | undefined;

/** Whether a word is a known first name, or two of them joined; accents make no difference. */
export function isFirstName(word: string): boolean {
  others ??= new Set(OTHERS.split(' '));
  const [key = ''] = word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().split(/['’-]/);
  return linesOfName(key).length > 0 || others.has(key);
}

/** Whether a word, as names are compared, is a first name whose other forms are known. */
export function isKnownName(word: string): boolean {
  return linesOfName(word).length > 0;
}

/** Whether two words are forms of one first name, as Bob is of Robert. */
export function areFormsOfOne(one: string, other: string): boolean {
  return linesOfName(one).some((line) => line.includes(other)) || formsAcross(one).includes(other);
}

/** A first name with its other forms, as Bob and Rob are of Robert; none of a word that is not known. */
export function formsOf(word: string): readonly string[] {
  return [...linesOfName(word).flat(), ...formsAcross(word)];
}
