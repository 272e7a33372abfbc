const ROUTE_WORDS = new Set(['contacts', 'upsert', 'by-email', 'pipelines', 'stages']);

/** What a path asks for, without what it asks for it by: no id or e-mail is anybody's business who looks at a log. */
export function routeOf(path: string): string {
  const [withoutQuery = ''] = path.split('?');
  return withoutQuery
    .split('/')
    .map((part) => (part === '' || ROUTE_WORDS.has(part) ? part : '{id}'))
    .join('/');
}
