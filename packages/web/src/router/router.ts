import { signal, type ReadonlySignal } from '@preact/signals';
import { formatAddress, parseAddress, type Place } from './address.ts';

/** Where in the app one is, as the browser's address says. */
export interface Router {
  readonly place: ReadonlySignal<Place>;
  /** `replace` leaves no step to come back to. */
  go(place: Place, how?: 'push' | 'replace'): void;
  back(): void;
}

export function createRouter(page: Window): Router {
  const read = (): Place => parseAddress(new URL(page.location.href));
  const place = signal<Place>(read());
  page.addEventListener('popstate', () => {
    place.value = read();
  });
  const go: Router['go'] = (next, how = 'push') => {
    const address = formatAddress(next);
    if (how === 'replace') page.history.replaceState(null, '', address);
    else if (address !== page.location.pathname + page.location.search)
      page.history.pushState({ inside: true }, '', address);
    place.value = next;
  };
  return {
    place,
    go,
    back: () => {
      if (isInside(page.history.state)) page.history.back();
      else go({ at: 'start' }, 'replace');
    },
  };
}

/** The step before this one was in the app, too. */
function isInside(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'inside' in state;
}
