import { createSecret } from '@dataans/client';
import { changePassword } from '../../../packages/client/src/account/change-password.ts';
import { revisionOf } from '../../../packages/client/src/account/judge-record.ts';
import { noteAccount } from '../../../packages/client/src/account/note-account.ts';
import { passphrase, passwords } from './account.ts';
import type { Process } from './device.ts';
import type { World } from './world.ts';

/** Somebody changes the password, with the one that opens the server's record. */
export async function changeSomePassword(world: World, process: Process): Promise<void> {
  const { primitives, account } = world;
  const { connection, keptRecord, store } = process;
  const [password = '', newPassword = ''] = await orderPasswords(process);
  const changed = await changePassword({
    connection,
    primitives,
    keyring: account.keyring,
    kept: await keptRecord.read(),
    passphrase: createSecret(passphrase),
    password: createSecret(password),
    newPassword: createSecret(newPassword),
    newPassphrase: false,
  });
  await keptRecord.write(changed.record, changed.passphrase.reveal());
  noteAccount(store.facts, connection.address, changed);
}

/** The first of them was in force with every odd revision, unless the server was put back in between. */
async function orderPasswords({ connection }: Process): Promise<readonly string[]> {
  const found = await connection.readAccount();
  const isOdd = found === null || revisionOf(found.record) % 2 === 1;
  return isOdd ? passwords : passwords.toReversed();
}
