import assert from 'node:assert/strict';
import { createDevice, joinAccount, password } from '../world/device.ts';
import { startServer } from '../world/server.ts';
import type { World } from '../world/world.ts';
import type { CrashOptions } from './crash-options.ts';
import { killAfter } from './kill.ts';

export interface SignInCrashes {
  readonly kills: number;
  /** The others were over before they were killed. */
  readonly signIns: number;
}

/** Signing in to a new server takes about so long: most of it is the derivation of the root key. */
const signInMs = 700;

/**
 * Kills the sign-in that makes an account, and proves each time that the next one on this home works, and
 * that its passphrase opens the account on another device. // ACC-4
 */
export async function crashSignIn(
  world: World,
  { chance, kills, onKill }: CrashOptions,
): Promise<SignInCrashes> {
  let [killed, signIns] = [0, 0];
  for (; killed < kills; signIns += 1) {
    const number = String(chance.below(2 ** 32));
    const server = await startServer(world, { name: `server ${number}` });
    const device = createDevice(world, `first ${number}`);
    const signIn = ['sign-in', server.address, '--device', 'First'];
    const env = { DATAANS_PASSWORD: password };
    if (await killAfter(device.start(signIn, { env }), chance.below(signInMs))) killed += 1;
    await device.done(signIn, { env });
    const { passphrase } = (await device.json(['passphrase'])) as { readonly passphrase: string }; // Used below.
    await joinAccount(createDevice(world, `second ${number}`), server.address, passphrase);
    await server.stop();
    assert.equal((await server.operate('check')).exitCode, 0);
    onKill?.();
  }
  return { kills: killed, signIns };
}
