import { signal, type ReadonlySignal } from '@preact/signals';

/** A version of the app that has been fetched and waits to be used. */
export interface Updates {
  /** Uses it now, with a reload of this tab; `null` if there is none. */
  readonly waiting: ReadonlySignal<(() => void) | null>;
}

/** The parts of a browser's service workers that are used. */
export interface Workers {
  register(address: string, options: { readonly scope: string }): Promise<ServiceWorkerRegistration>;
  readonly controller: ServiceWorker | null;
  addEventListener(type: 'controllerchange', listener: () => void): void;
}

export interface UpdatesDependencies {
  /** `null`: this browser has none, and the app works while there is a network. */
  readonly workers: Workers | null;
  readonly address: string;
  readonly reload: () => void;
}

/**
 * Lets the app start without a network, and says when a new version is there. It is used when a person asks for it, or
 * when all tabs are closed: nothing is reloaded while something is being written.
 */
export function followUpdates({ workers, address, reload }: UpdatesDependencies): Updates {
  const waiting = signal<(() => void) | null>(null);
  let isAsked = false;
  let hasController = workers !== null && workers.controller !== null;
  const offer = (worker: ServiceWorker): void => {
    waiting.value = () => {
      isAsked = true;
      worker.postMessage('use-now');
    };
  };
  const follow = (registration: ServiceWorkerRegistration): void => {
    if (registration.waiting !== null && workers?.controller !== null) offer(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const found = registration.installing;
      found?.addEventListener('statechange', () => {
        // Without a controller it is the first one, and takes over by itself.
        if (found.state === 'installed' && workers?.controller !== null) offer(found);
      });
    });
  };
  workers?.addEventListener('controllerchange', () => {
    if (isAsked) reload();
    else if (hasController) waiting.value = reload; // Another tab asked for it.
    hasController = true;
  });
  // A browser that refuses it, as some do in private windows, goes on as long as there is a network.
  void workers?.register(address, { scope: '/app/' }).then(follow, () => undefined);
  return { waiting };
}
