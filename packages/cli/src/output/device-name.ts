import type { Home } from '@dataans/client/node';

/** What the other devices call this one; until they know it, what it was called at its sign-in. */
export function deviceName(home: Home): string | null {
  const { entities, log } = home.store;
  return entities.read('device', log.writer().device)?.value.name ?? home.profile()?.device ?? null;
}
