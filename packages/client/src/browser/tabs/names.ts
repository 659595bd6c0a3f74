/** What the tabs of one home have in common. Each name is of one home, so that two of them never meet. */

/** Held by the worker that leads. // BRW-2 */
export function leaderLock(home: string): string {
  return `${home} store`;
}

/** Held by a page for as long as it is there. */
export function tabLock(home: string, tab: string): string {
  return `${home} tab ${tab}`;
}

/** Where tabs find each other. */
export function tabsChannel(home: string): string {
  return `${home} tabs`;
}

/** Between one page and who leads now. */
export function pairChannel(home: string, term: string, tab: string): string {
  return `${home} ${term} ${tab}`;
}
