import { join } from 'node:path';
import { createSecret } from '@dataans/client';
import { setHeapFlags } from '../../packages/client/src/node/heap-flags.ts';
import { openTestHome, type TestHome } from '../../packages/client/src/testing/test-home.ts';

/** Of every account that is measured. */
export const credentials = { password: 'a password for measuring', passphrase: 'only for measuring' };
const password = createSecret(credentials.password);
const passphrase = createSecret(credentials.passphrase);

setHeapFlags(); // As the command line does for a sync.

/** A device's home as it is. */
export function openHome(folder: string, name: string): TestHome {
  return openTestHome({ directory: join(folder, name) });
}

/** A device with a home of its own, signed in. */
export async function openDevice(folder: string, name: string, server: string): Promise<TestHome> {
  const home = openHome(folder, name);
  await signInAgain(home, name, server);
  return home;
}

/** The same device behind another address of the same server. */
export async function signInAgain(home: TestHome, name: string, server: string): Promise<void> {
  await home.signIn({ server, password, passphrase, access: { kind: 'none' }, device: name });
}
