/**
 * undici, by which requests go out, gives its own dispatcher to a process that has none: the host's `fetch` would go through ours from then on. Node
 * puts its own there as soon as anything of its fetch is looked at.
 */
export function keepHostFetch(): void {
  void globalThis.Response;
}
