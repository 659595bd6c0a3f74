/** Why the app can't work in this window; `null` if it can. */
export type Missing = 'https' | 'newer-browser' | 'storage';

/** What is looked at: a window, as far as that goes. */
export interface Surroundings {
  readonly isSecureContext: boolean;
  readonly hasStorage: boolean;
  readonly hasLocks: boolean;
  readonly hasIteratorFrom: boolean;
  readonly hasSetMethods: boolean;
  readonly hasPopover: boolean;
}

/** The first thing that a person can do something about. */
export function whatIsMissing(surroundings: Surroundings): Missing | null {
  if (!surroundings.isSecureContext) return 'https';
  const { hasLocks, hasIteratorFrom, hasSetMethods, hasPopover, hasStorage } = surroundings;
  if (!hasLocks || !hasIteratorFrom || !hasSetMethods || !hasPopover) return 'newer-browser';
  return hasStorage ? null : 'storage';
}

export function lookAround(page: Window & typeof globalThis): Surroundings {
  return {
    isSecureContext: page.isSecureContext,
    hasStorage: 'storage' in page.navigator && 'getDirectory' in StorageManager.prototype,
    hasLocks: 'locks' in page.navigator,
    hasIteratorFrom: 'Iterator' in page && typeof page.Iterator.from === 'function',
    hasSetMethods: 'intersection' in Set.prototype,
    hasPopover: 'popover' in HTMLElement.prototype,
  };
}
