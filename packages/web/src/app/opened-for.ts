/**
 * What the app was opened for: to write, by its icon's menu, or to say that there was no room for what another app shared.
 * `null`: to be looked at.
 */
export function openedFor(search: string): 'write' | 'not-kept' | null {
  const asked = new URLSearchParams(search);
  if (asked.has('new')) return 'write';
  return asked.has('not-kept') ? 'not-kept' : null;
}
