const key = 'passphrase=';

/** An address that opens the app with the passphrase filled in. What follows the `#` is never sent to a server. */
export function formatPassphraseLink(origin: string, passphrase: string): string {
  return `${origin}/app/#${key}${encodeURIComponent(passphrase)}`;
}

/** The little of a page that is used. */
export interface LinkedPage {
  readonly location: Pick<Location, 'hash' | 'pathname' | 'search'>;
  readonly history: Pick<History, 'replaceState' | 'state'>;
}

/**
 * The passphrase that the page was opened with, if any: it is taken out of the address at once, so that it stays in no history
 * and nobody copies it with the address.
 */
export function takeLinkedPassphrase({ location, history }: LinkedPage): string | null {
  const fragment = location.hash.slice(1);
  if (!fragment.startsWith(key)) return null;
  history.replaceState(history.state, '', location.pathname + location.search);
  try {
    return decodeURIComponent(fragment.slice(key.length));
  } catch {
    return null; // It was cut or mangled on its way.
  }
}
