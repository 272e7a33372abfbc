/** What letters of other scripts are read as, in names: roughly, since each language, and everybody, writes them another way. */

/** In the order of Unicode: a syllable is one of each. */
export const HANGUL_INITIALS = 'g kk n d tt r m b pp s ss  j jj ch k t p h'.split(' ');
export const HANGUL_VOWELS = 'a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i'.split(' ');
export const HANGUL_FINALS = ' k k k n n n t l k m l l l p l m p p t t ng t t k t p t'.split(' ');

/** Hiragana and katakana, in the order of Unicode from ぁ and ァ on; those in capitals are small. */
export const KANA = (
  'A a I i U u E e O o ka ga ki gi ku gu ke ge ko go sa za shi ji su zu se ze so zo ta da chi ji TSU tsu zu te de to do ' +
  'na ni nu ne no ha ba pa hi bi pi fu bu pu he be pe ho bo po ma mi mu me mo YA ya YU yu YO yo ra ri ru re ro WA wa i e o n vu'
).split(' ');

/** The scripts of India have their letters at the same places, in the order of Devanagari. */
export const INDIC_VOWELS = 'a a i i u u ri li e e e ai o o o au'.split(' ');
export const INDIC_CONSONANTS =
  'k kh g gh n ch ch j jh n t th d dh n t th d dh n n p ph b bh m y r r l l l v sh sh s h'.split(' ');
/** Behind a consonant. */
export const INDIC_SIGNS = 'a i i u u ri ri e e e ai o o o au'.split(' ');
export const INDIC_DOTTED = 'k kh g z d rh f y'.split(' ');

/** In the order of Unicode. */
export const THAI_CONSONANTS =
  'k kh kh kh kh kh ng j ch ch s ch y d t th th th n d t th th th n b p ph f ph f ph m y r rue l lue w s s s h l o h'.split(
    ' ',
  );
export const THAI_VOWELS = 'a a a am i i ue ue u u'.split(' ');
/** They stand before the consonant that they follow. */
export const THAI_VOWELS_IN_FRONT = 'e ae o ai ai'.split(' ');

function table(text: string): ReadonlyMap<string, string> {
  return new Map(text.split(' ').map((pair) => [pair.slice(0, 1), pair.slice(1)]));
}

/** Consonants and long vowels alone are written. */
export const ARABIC = table(
  'اa أa إi آa ٱa ىa ةa ءa ئi ؤu عa بb پp تt ثth جj چch حh خkh دd ذdh رr زz ژzh سs شsh صs ضd طt ظz غgh فf قq كk کk گg لl مm نn هh وw يy یy ہh ھh ےy ںn ٹt ڈd ڑr',
);
export const HEBREW = table('אa עa בb גg דd הh וw זz חch טt יy כk ךk לl מm םm נn ןn סs פp ףf צts ץts קk רr שsh תt');
export const GEORGIAN = table(
  'აa ბb გg დd ეe ვv ზz თt იi კk ლl მm ნn ოo პp ჟzh რr სs ტt უu ფp ქk ღgh ყq შsh ჩch ცts ძdz წts ჭch ხkh ჯj ჰh',
);
export const ARMENIAN = table(
  'աa բb գg դd եe զz էe ըy թt ժzh իi լl խkh ծts կk հh ձdz ղgh ճch մm յy նn շsh ոo չch պp ջj ռr սs վv տt րr ցts ւv փp քk օo ֆf',
);
