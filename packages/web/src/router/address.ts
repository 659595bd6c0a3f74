/** Where in the app one is. */
export type Place =
  | { readonly at: 'start' }
  | { readonly at: 'space'; readonly space: string; readonly note: string | null }
  | { readonly at: 'search'; readonly words: string; readonly space: string | null }
  | { readonly at: 'history'; readonly note: string }
  | { readonly at: 'past' }
  | { readonly at: 'trash' }
  | { readonly at: 'sync' }
  | { readonly at: 'settings' };

const base = '/app/';
const id = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const spacePath = new RegExp(`^s/(${id})(?:/n/(${id}))?/?$`);
const historyPath = new RegExp(`^history/(${id})/?$`);

/** The place that an address names; the start for one that names none. */
export function parseAddress(url: URL): Place {
  const path = url.pathname.startsWith(base) ? url.pathname.slice(base.length) : '';
  const [, space, note = null] = spacePath.exec(path) ?? [];
  if (space !== undefined) return { at: 'space', space, note };
  const past = historyPath.exec(path)?.[1];
  if (past !== undefined) return { at: 'history', note: past };
  switch (path.replace(/\/$/, '')) {
    case 'search':
      return { at: 'search', words: url.searchParams.get('q') ?? '', space: url.searchParams.get('in') };
    case 'trash':
    case 'settings':
    case 'sync':
    case 'past':
      return { at: path.replace(/\/$/, '') as 'trash' | 'settings' | 'sync' | 'past' }; // One of the cases.
    default:
      return { at: 'start' };
  }
}

/** Its address below the origin. */
export function formatAddress(place: Place): string {
  switch (place.at) {
    case 'start':
      return base;
    case 'space':
      return `${base}s/${place.space}${place.note === null ? '' : `/n/${place.note}`}`;
    case 'search': {
      const query = new URLSearchParams({ q: place.words, ...(place.space !== null && { in: place.space }) });
      return `${base}search?${query.toString()}`;
    }
    case 'history':
      return `${base}history/${place.note}`;
    case 'past':
    case 'trash':
    case 'sync':
    case 'settings':
      return `${base}${place.at}`;
  }
}
