/** What differs between the functions of an interface, and cannot be seen from a call. */
export interface RemoteShape {
  /** Groups whose functions begin to tell a listener, and return at once what ends it. */
  readonly subscriptions: readonly string[];
  /** Calls that must not be made twice, by path: if it isn't known whether one was done, it fails. // BRW-9 */
  readonly once: readonly string[];
}

export function isSubscription(path: string, { subscriptions }: RemoteShape): boolean {
  return subscriptions.includes(path.split('.')[0] ?? '');
}
