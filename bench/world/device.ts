import { join } from 'node:path';
import { createSecret } from '@dataans/client';
import { setHeapFlags } from '../../packages/client/src/node/heap-flags.ts';
import { openTestHome, type TestHome } from '../../packages/client/src/testing/test-home.ts';

const password = createSecret('a password for measuring');
const passphrase = createSecret('only for measuring');

setHeapFlags(); // As the command line does for a sync.

/** A device with a home of its own, signed in. */
export async function openDevice(folder: string, name: string, server: string): Promise<TestHome> {
  const home = openTestHome({ directory: join(folder, name) });
  await signInAgain(home, name, server);
  return home;
}

/** The same device behind another address of the same server. */
export async function signInAgain(home: TestHome, name: string, server: string): Promise<void> {
  await home.signIn({ server, password, passphrase, access: { kind: 'none' }, device: name });
}
