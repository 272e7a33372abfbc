import { file } from '../store.js';
import { notSentInWords } from '../words.js';
import { UseAgain } from './use-again.js';

/** That a file went to another Clarky alone, which can be taken again with one press; `why` ends the sentence. */
export function SentElsewhere({ why }: { why: string }) {
  const { accepted = 0, lastRun = null, sentTo = [] } = file.value ?? {};
  if (sentTo.length === 0 || accepted > 0 || lastRun !== null) return null;
  return (
    <>
      <p>
        {notSentInWords(sentTo)}: {why}
      </p>
      <UseAgain places={sentTo} />
    </>
  );
}
