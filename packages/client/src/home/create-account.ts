import { DataansError, type EntityId } from '@dataans/core';
import { openKeptRecord } from '../account/kept-record.ts';
import { plainToAccess } from '../account/plain-access.ts';
import { createSecret, type Secret } from '../platform/secret.ts';
import type { Cancel } from './call-options.ts';
import type { LiveQueries } from './create-live.ts';
import type { Watching } from './create-watching.ts';
import type { AccessQuestion, AccountState, HomeAccount } from './home.ts';
import type { HomePlatform } from './home-platform.ts';
import type { HomeRooms } from './home-rooms.ts';

export interface AccountDependencies {
  readonly rooms: HomeRooms;
  readonly platform: Pick<HomePlatform, 'kept' | 'primitives'>;
  readonly watching: Watching;
  readonly live: LiveQueries;
}

export function createAccount({ rooms, platform, watching, live }: AccountDependencies): HomeAccount {
  return {
    state: async () => ({
      signedIn: rooms.isSignedIn(),
      server: rooms.profile()?.server ?? null,
      ...describeDevice(rooms),
      storeLost: rooms.isStoreLost(),
    }),
    meet: async (question, options) => rooms.meet(readQuestion(question, options)),
    signIn: async (request, options) => {
      const signedIn = await rooms.signIn({
        ...readQuestion(request, options),
        password: createSecret(request.password),
        passphrase: request.passphrase === null ? null : createSecret(request.passphrase),
        device: request.device,
      });
      live.askStatus();
      watching.retry();
      const { account, passphrase, passphraseGenerated, wasRolledBack } = signedIn;
      return {
        server: rooms.profile()?.server ?? request.server,
        created: account === 'created',
        passphrase: passphrase.reveal(),
        passphraseGenerated,
        wasRolledBack,
      };
    },
    renewAccess: async (question, options) => {
      const isRenewed = await rooms.renewAccess(readQuestion(question, options));
      if (isRenewed) watching.retry();
      return isRenewed;
    },
    passphrase: async (password) => {
      const passphrase = await provePassword(rooms, platform, createSecret(password));
      return passphrase.reveal();
    },
    changePassword: async ({ password, newPassword, newPassphrase }, options) => {
      const passphrase = await rooms.changePassword({
        ...options,
        password: createSecret(password),
        newPassword: createSecret(newPassword),
        newPassphrase,
      });
      return { passphrase: passphrase.reveal() };
    },
    renameDevice: async (name) => rooms.session().notebook.nameDevice(name),
    signOut: async (options = {}) => {
      if (options.erase === true) await live.end();
      await rooms.signOut(options);
      live.askStatus();
    },
  };
}

function readQuestion({ server, access }: AccessQuestion, options: Cancel = {}) {
  return { ...options, server, access: plainToAccess(access) };
}

/** As it is known to the other devices, else as it was signed in. */
function describeDevice(rooms: HomeRooms): Pick<AccountState, 'device' | 'deviceId'> {
  const profile = rooms.profile();
  if (profile === null || rooms.isStoreLost()) return { device: profile?.device ?? null, deviceId: null };
  const { device: deviceId } = rooms.store.log.writer();
  // The entity of a device has its id.
  const known = rooms.store.entities.read('device', deviceId as string as EntityId);
  return { device: known?.value.name ?? profile.device, deviceId };
}

async function provePassword(
  rooms: HomeRooms,
  { kept, primitives }: Pick<HomePlatform, 'kept' | 'primitives'>,
  password: Secret,
): Promise<Secret> {
  rooms.session(); // Throws if nobody is signed in.
  const profile = kept.profile();
  const record = await kept.record.read();
  if (profile === null || record === null)
    throw new DataansError('not-found', 'This device does not keep its account yet.', {
      advice: 'Sync it once, and try again.',
    });
  const keyring = await openKeptRecord(primitives, record, password, profile.passphrase);
  if (keyring !== null) return profile.passphrase;
  const { explainRefusal } = await import('../account/sign-in-refusals.ts');
  throw explainRefusal('wrong-credentials', profile.server, profile.passphrase.reveal());
}
