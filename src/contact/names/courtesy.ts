/**
 * How people are addressed, as far as it says whether a man or a woman is: Mr and Mrs Smith with one e-mail are two, and nothing
 * else in a row says so. Pure.
 */

import { isHonorific } from './name-parts.js';

/** `M.` and `Fr.` are initials as well: they say it only beside `Mme` and `Herr`, in their own language. */
export type Courtesy = 'man' | 'herr' | 'woman' | 'madame' | 'm' | 'fr';

function table(words: Readonly<Record<string, string>>): ReadonlyMap<string, Courtesy> {
  return new Map(
    Object.entries(words).flatMap(([courtesy, all]) =>
      all.split(' ').map((word): [string, Courtesy] => [word, courtesy as Courtesy]),
    ),
  );
}

/** Nobody's name, wherever they stand. */
const ANYWHERE = table({
  man: 'mr mister monsieur señor signor signore senhor dhr heer meneer',
  herr: 'herr hr hrn herrn',
  woman:
    'mrs ms miss frau señora señorita sra srta srª doña dña dra drª dottssa dottoressa sigra signora senhora mevr mevrouw',
  madame: 'madame mademoiselle mme mlle',
});

/** In front of a name; elsewhere they are names, or say something else: `Smith Sr.`, `Wei Pan`. */
const IN_FRONT = table({
  man: 'sr sig senor pan pán bay herra hra господин г-н пан κύριος κος κ',
  woman:
    'madam senora senorita signa signorina mw mej fru fröken frøken rouva rva neiti pani paní bayan госпожа г-жа пані κυρία κα',
  m: 'm',
  fr: 'fr',
});

/** In a column of their own. */
const ALONE = table({
  man: 'sir lord don bey 先生',
  woman: 'lady dame dona dª profa profª profssa hanım 女士 小姐 太太',
});

/** What is put in front of a name for a word that could be taken for a name there; in a column of salutations it is none. */
const SHOWN: Readonly<Partial<Record<Courtesy, string>>> = { man: 'Mr', woman: 'Mrs', m: 'Monsieur', fr: 'Frau' };

const bare = (word: string): string => word.replace(/[.,:()]/g, '').toLowerCase();

const isWoman = (courtesy: Courtesy): boolean => courtesy === 'woman' || courtesy === 'madame';
const isMan = (courtesy: Courtesy): boolean => courtesy === 'man' || courtesy === 'herr';

/** Whether one is said to be a man, and the other a woman. */
export function areManAndWoman(one: Courtesy | undefined, other: Courtesy | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const says = (a: Courtesy, b: Courtesy): boolean =>
    (isMan(a) && isWoman(b)) || (a === 'm' && b === 'madame') || (a === 'fr' && b === 'herr');
  return says(one, other) || says(other, one);
}

/** What the words say together; undefined where that is nothing, or of a man and a woman. */
function together(courtesies: readonly Courtesy[]): Courtesy | undefined {
  const [first] = courtesies;
  const certain = courtesies.find((courtesy) => isMan(courtesy) || isWoman(courtesy)) ?? first;
  return courtesies.some((other) => areManAndWoman(certain, other)) ? undefined : certain;
}

/** What the words around a name say: `Herr Dr. Müller`, `Sra. García`; undefined for a name alone. */
export function courtesyOf(name: string): Courtesy | undefined {
  const words = name.split(' ');
  if (words.length < 2) return undefined;
  const said = words.flatMap((word, at) => {
    const key = bare(word);
    return ANYWHERE.get(key) ?? (at === 0 ? IN_FRONT.get(key) : undefined) ?? [];
  });
  return together(said);
}

/** A name without a courtesy in front that `nameKeyOf` would take for a part of it. */
export function withoutCourtesy(name: string): string {
  const [word = '', ...rest] = name.split(' ');
  const courtesy = rest.length > 0 ? IN_FRONT.get(bare(word)) : undefined;
  return courtesy === undefined || courtesy === 'm' || courtesy === 'fr' ? name : rest.join(' ');
}

/** Whether texts are how men and women are addressed, and nothing else: `Frau Dr.`, `Herr`; `MS` alone may be a state. */
export function areCourtesies(texts: readonly string[]): boolean {
  const isPart = (word: string): boolean => isHonorific(word) || courtesyIn(word) !== undefined;
  if (!texts.every((text) => text.split(' ').every(isPart))) return false;
  const said = texts.map((text) => courtesyOf(`${courtesyIn(text) ?? ''} x`));
  return said.some((one) => said.some((other) => areManAndWoman(one, other)));
}

/**
 * What a cell of salutations, or what stood around a name, says, as it can stand in front of a name; undefined where it says
 * neither a man nor a woman, or both.
 */
export function courtesyIn(text: string): string | undefined {
  const said = text.split(/[\s/&+]+/).flatMap((written) => {
    const key = bare(written);
    const usual = ANYWHERE.get(key) ?? IN_FRONT.get(key);
    const courtesy = usual ?? ALONE.get(key);
    if (courtesy === undefined) return [];
    const isClear = usual !== undefined && courtesy !== 'm' && courtesy !== 'fr';
    return [{ courtesy, shown: isClear ? written.replace(/[,:()]/g, '') : SHOWN[courtesy] }];
  });
  const courtesy = together(said.map((one) => one.courtesy));
  return said.find((one) => one.courtesy === courtesy)?.shown;
}
