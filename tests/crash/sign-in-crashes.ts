import assert from 'node:assert/strict';
import type { Chance } from '../world/chance.ts';
import { createDevice, joinAccount, password } from '../world/device.ts';
import type { Program } from '../world/program.ts';
import { startProxy, type Proxy } from '../world/proxy.ts';
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
/** From when the account is sent until the home says so. */
const makingMs = 30;

/**
 * Kills the sign-in that makes an account, and proves each time that the next one on this home works, and
 * that its passphrase opens the account on another device. // ACC-4
 */
export async function crashSignIn(
  world: World,
  { chance, kills, onKill }: CrashOptions,
): Promise<SignInCrashes> {
  const proxy = await startProxy(world);
  let [killed, signIns] = [0, 0];
  for (; killed < kills; signIns += 1) {
    const name = `server ${signIns}`;
    const server = await startServer(world, { name, env: { DATAANS_PUBLIC_URL: proxy.address } });
    proxy.relayTo(server.address);
    const device = createDevice(world, `first ${signIns}`);
    const signIn = ['sign-in', proxy.address, '--device', 'First'];
    const env = { DATAANS_PASSWORD: password };
    if (await killSignIn(device.start(signIn, { env }), proxy, chance)) killed += 1;
    await device.done(signIn, { env });
    const { passphrase } = (await device.json(['passphrase'])) as { readonly passphrase: string }; // Used below.
    await joinAccount(createDevice(world, `second ${signIns}`), proxy.address, passphrase);
    await server.stop();
    assert.equal((await server.operate('check')).exitCode, 0);
    onKill?.();
  }
  return { kills: killed, signIns };
}

/** Mostly when the account is on its way, where a kill does the most harm. */
async function killSignIn(running: Program, proxy: Proxy, chance: Chance): Promise<boolean> {
  if (chance.happens(1 / 4)) return killAfter(running, chance.below(signInMs));
  const isMaking = (line: string): boolean => line.startsWith(makesAccount);
  const before = proxy.requests().filter(isMaking).length;
  await Promise.race([proxy.waitForRequests(makesAccount, before + 1), running.ended]);
  return killAfter(running, chance.below(makingMs));
}

const makesAccount = 'PUT /v1/account';
