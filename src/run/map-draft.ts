/** Where what was decided about a mapping is kept when it is not finished. */
export function draftOf(mappingPath: string): string {
  return `${mappingPath}.draft`;
}
