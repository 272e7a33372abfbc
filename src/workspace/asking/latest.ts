/**
 * Goes on with a source while what it gave last is worked on, and gives the newest of it each time; its last one in any case.
 * @throws what the source throws, once what it gave before was given
 */
export async function* latestOf<Item>(source: AsyncIterable<Item>): AsyncGenerator<Item, void, undefined> {
  let newest: { readonly item: Item } | undefined;
  let end: { readonly error?: unknown } | undefined;
  let wake = (): void => undefined;
  const run = async (): Promise<void> => {
    for await (const item of source) {
      newest = { item };
      wake();
    }
  };
  const tellEnd = (how: { readonly error?: unknown }): void => {
    end = how;
    wake();
  };
  void run().then(
    () => tellEnd({}),
    (error: unknown) => tellEnd({ error }),
  );
  const hasNews = (): boolean => newest !== undefined || end !== undefined;
  for (;;) {
    if (!hasNews()) await new Promise<void>((resolve) => (wake = resolve));
    const given: { readonly item: Item } | undefined = newest;
    newest = undefined;
    if (given !== undefined) yield given.item;
    else if (end !== undefined) break;
  }
  if ('error' in end) throw end.error;
}
