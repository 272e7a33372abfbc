/** First names that may be one person's: each line one name with its short and other forms, in the key form of a name. */

const FORMS = `
abigail abby gail
albert al bert bertie
alexander alex alec sandy sasha aleksandr alejandro alessandro alexandre xander
alexandra alex sandra sandy sasha lexi alexa
alfred al fred alfie
alice alicia
amanda mandy
andrew andy drew andreas andre andrea andres andrej andrzej
angela angie
anna ann anne annie anita anja ana hannah nancy
anthony tony antonio antoine anton
arthur art artie
barbara barb barbie babs
benjamin ben benny benji
bernard bernie bernhard bernardo
bradley brad
caroline carol carolina carolyn carrie
catherine katherine kathryn katharina kate katie kathy cathy kathleen kitty kat katrin karin catalina catherina
cecilia cecily cissy
charles charlie chuck karl carl carlos carlo chas
charlotte lottie charlie
christina christine chris tina chrissy kristina kirsten
christopher chris kit christoph topher
clara claire clare
cynthia cindy
daniel dan danny
danielle dani
david dave davey
deborah debra deb debbie
dennis denny
dominic dom nick dominik
donald don donnie
dorothy dot dotty dottie dorothea
douglas doug
edward ed eddie ted teddy ned eduard eduardo edouard
eleanor ellie nell nora elinor leonora
elizabeth elisabeth liz lizzie beth betty eliza lisa elise libby bettina elsa isabel isabella
emily em emma
eric erik erich rick
ernest ernie ernst ernesto
eugene gene
eva eve evelyn
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
harold harry hal
helen helena ellen nell helene elena
henry harry hank heinrich henri enrique enrico heinz
herbert bert herb
hugh hugo
irene irina
jacob jake jack jakob
jacqueline jackie
james jim jimmy jamie jaime diego
jane janet jean joan joanna jenny
janet jan
jason jay
jennifer jen jenny jenn
jeremy jerry jeremiah
jessica jess jessie
joel joe
john johnny jack jon johann johannes hans juan jean giovanni jan ivan ian sean joao johan
jonathan jon johnny jonny nathan
joseph joe joey jose josef giuseppe pepe josephe
josephine josie jo
joshua josh
judith judy
julia julie juliet juliana
karen karin
kenneth ken kenny
kimberly kim
laurence lawrence larry lorenz lorenzo lars
leonard len leo lenny leonardo
leslie les
lewis louis lou luis luigi ludwig
lillian lily lil
louise lou luisa
lucas luke luca lukas
lucy lucia lucie
madeline maddie madeleine
magdalena lena
margaret maggie meg peggy marge margie rita greta gretchen margarita marguerite margot margarete
maria mary marie mia maria mimi molly polly miriam
mark marcus marc marco markus marcos
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
sophia sophie sofia sofie
stanley stan
stephanie steph stefanie
stephen steven steve stefan stefano esteban etienne stephan stevie
susan sue susie suzy susanne susanna suzanne
teresa theresa terry tess tessa terri
terence terry
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
vivian viv
walter walt wally
wilhelm willi willy
william bill billy will willy liam guillermo guillaume wilhelm
wolfgang wolf
yolanda yolande
zachary zach zack
zoe zoey
`;

/** Name to the lines that it stands on. */
let linesOf: Map<string, (readonly string[])[]> | undefined;

function linesOfName(name: string): readonly (readonly string[])[] {
  if (linesOf === undefined) {
    linesOf = new Map();
    for (const line of FORMS.trim().split('\n')) {
      const forms = line.split(' ');
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
  return linesOfName(one).some((line) => line.includes(other));
}

/** A first name with its other forms, as Bob and Rob are of Robert; none of a word that is not known. */
export function formsOf(word: string): readonly string[] {
  return linesOfName(word).flat();
}
