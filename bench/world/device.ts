import { join } from 'node:path';
import { createSecret } from '@dataans/client';
import { openHome, setHeapFlags, type Home } from '@dataans/client/node';

const password = createSecret('a password for measuring');
const passphrase = createSecret('only for measuring');

setHeapFlags(); // As the command line does for a sync.

/** A device with a home of its own, signed in. */
export async function openDevice(folder: string, name: string, server: string): Promise<Home> {
  const home = openHome({ directory: join(folder, name) });
  await signInAgain(home, name, server);
  return home;
}

/** The same device behind another address of the same server. */
export async function signInAgain(home: Home, name: string, server: string): Promise<void> {
  await home.signIn({ server, password, passphrase, access: { kind: 'none' }, device: name });
}
