/** Where in the app one is. */
export type Place =
  | { readonly at: 'start' }
  | {
      readonly at: 'space';
      readonly space: string;
      readonly note: string | null;
      /** Only notes with this tag are shown, if there is one. */
      readonly tag?: string;
    }
  | { readonly at: 'search'; readonly words: string; readonly space: string | null }
  | { readonly at: 'history'; readonly note: string }
  | {
      readonly at: 'past';
      /** `null`: all of them. */
      readonly space: string | null;
      /** As `2026-11-24`; `null`: today. */
      readonly day: string | null;
    }
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
  const tag = url.searchParams.get('tag');
  if (space !== undefined) return { at: 'space', space, note, ...(tag !== null && { tag }) };
  const past = historyPath.exec(path)?.[1];
  if (past !== undefined) return { at: 'history', note: past };
  switch (path.replace(/\/$/, '')) {
    case 'search':
      return { at: 'search', words: url.searchParams.get('q') ?? '', space: url.searchParams.get('in') };
    case 'history':
      return { at: 'past', space: url.searchParams.get('in'), day: readDay(url.searchParams.get('day')) };
    case 'trash':
    case 'settings':
    case 'sync':
      return { at: path.replace(/\/$/, '') as 'trash' | 'settings' | 'sync' }; // One of the cases.
    default:
      return { at: 'start' };
  }
}

/** Its address below the origin. */
export function formatAddress(place: Place): string {
  switch (place.at) {
    case 'start':
      return base;
    case 'space': {
      const query = place.tag === undefined ? '' : `?${new URLSearchParams({ tag: place.tag }).toString()}`;
      return `${base}s/${place.space}${place.note === null ? '' : `/n/${place.note}`}${query}`;
    }
    case 'search': {
      const query = new URLSearchParams({ q: place.words, ...(place.space !== null && { in: place.space }) });
      return `${base}search?${query.toString()}`;
    }
    case 'history':
      return `${base}history/${place.note}`;
    case 'past': {
      const { space, day } = place;
      const query = new URLSearchParams({
        ...(space !== null && { in: space }),
        ...(day !== null && { day }),
      });
      return `${base}history${query.size === 0 ? '' : `?${query.toString()}`}`;
    }
    case 'trash':
    case 'sync':
    case 'settings':
      return `${base}${place.at}`;
  }
}

/** A day that there is. */
function readDay(text: string | null): string | null {
  if (text === null || !/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  const moment = Date.parse(text);
  return Number.isNaN(moment) || new Date(moment).toISOString().slice(0, 10) !== text ? null : text;
}
