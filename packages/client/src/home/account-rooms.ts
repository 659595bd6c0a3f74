import type { UnlockedKeyring } from '@dataans/core';
import { noteAccount } from '../account/note-account.ts';
import { isOwnAccount } from '../account/own-account.ts';
import { parseServerAddress } from '../account/server-address.ts';
import type { AccountQuestion } from '../account/sign-in-request.ts';
import { awaitsKeys } from '../store/account-facts.ts';
import type { Store } from '../store/store.ts';
import type { Connections } from './create-connections.ts';
import { notSignedIn, signedInElsewhere } from './endings.ts';
import type { HomePlatform } from './home-platform.ts';
import type { HomeRooms } from './home-rooms.ts';
import type { KeptSignIn } from './kept-sign-in.ts';
import type { Lifetime } from './lifetime.ts';
import type { Meetings } from './meet-server.ts';
import type { OwnSession } from './own-session.ts';

export interface AccountRoomsDependencies {
  readonly platform: HomePlatform;
  readonly lifetime: Lifetime;
  readonly connections: Connections;
  readonly meetings: Meetings;
  readonly session: OwnSession;
  readonly readKeyring: () => Promise<UnlockedKeyring>;
  readonly keepAccess: KeptSignIn['keepAccess'];
  readonly openStore: () => Store;
  readonly openOrMakeStore: () => Store;
}

type AccountRooms = Pick<HomeRooms, 'meet' | 'renewAccess' | 'signIn' | 'changePassword'>;

/** What a home does with the account on its server. What takes a password comes with the list of words, when it is needed. */
export function createAccountRooms(dependencies: AccountRoomsDependencies): AccountRooms {
  const { platform, lifetime, connections, meetings, session, openStore } = dependencies;
  const { primitives, kept } = platform;
  return {
    meet: ({ server: typed, ...question }) =>
      lifetime.run(async (signal) => {
        const server = parseServerAddress(typed);
        const { found, expires } = await meetings.meet({ ...question, server, signal });
        return { server, account: found === null ? 'none' : 'there', expires };
      }, question.signal),

    renewAccess: (question) =>
      lifetime.run((signal) => renewAccess(dependencies, { ...question, signal }), question.signal),

    signIn: (request) =>
      lifetime.run(async (signal) => {
        platform.requireOwn();
        const { signInHome } = await import('./sign-in-home.ts');
        const server = parseServerAddress(request.server);
        const connection = connections.connect(server, () => request.access);
        const met = meetings.recall({ server, access: request.access });
        const own = { platform, connection, met, openStore: dependencies.openOrMakeStore };
        const signedIn = await signInHome(own, { ...request, server, signal });
        meetings.forget();
        if (session.server() !== server) await session.end(() => signedInElsewhere(server));
        await session.use().notebook.nameDevice(request.device);
        session.retry();
        return signedIn;
      }, request.signal),

    changePassword: (change) =>
      lifetime.run(async (signal) => {
        const profile = kept.profile();
        if (profile === null || kept.session() === null) throw notSignedIn(platform);
        const { changePassword } = await import('../account/change-password.ts');
        const changed = await changePassword({
          ...change,
          signal,
          connection: connections.connectOwn(profile.server),
          primitives,
          keyring: await dependencies.readKeyring(),
          kept: await kept.record.read(),
          passphrase: profile.passphrase,
        });
        // If this dies in between, the next sync finds the server's record newer, and keeps it. // ACC-20
        await kept.keepChange(changed);
        noteAccount(openStore().facts, profile.server, changed);
        return changed.passphrase;
      }, change.signal),
  };
}

async function renewAccess(
  { platform, meetings, session, keepAccess, openStore }: AccountRoomsDependencies,
  { server: typed, access, signal }: Required<AccountQuestion>,
): Promise<boolean> {
  const { kept } = platform;
  const server = parseServerAddress(typed);
  if (kept.session() === null || kept.profile()?.server !== server) return false;
  if (platform.isStoreLost()) return false; // What makes a new one asks for the password.
  if (awaitsKeys(openStore().facts)) return false; // ACC-22
  const { log, found, expires } = await meetings.meet({ server, access, signal });
  const answers = { readLog: async () => log, readAccount: async () => found };
  const known = { kept: await kept.record.read(), followed: openStore().log.cursor()?.log ?? null };
  if (!(await isOwnAccount(answers, known, signal))) return false;
  await keepAccess(server, access, expires);
  session.retry();
  return true;
}
