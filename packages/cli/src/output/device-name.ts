import type { Home } from '@dataans/client/node';

/** What the other devices call this one, or, until they know it, its sign-in; `null` before that. */
export function deviceName(home: Home): string | null {
  const profile = home.profile();
  if (profile === null) return null;
  const { entities, log } = home.store;
  return entities.read('device', log.writer().device)?.value.name ?? profile.device;
}
