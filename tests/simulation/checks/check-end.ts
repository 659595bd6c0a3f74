import { checkAccount } from './check-account.ts';
import { checkClocks } from './check-clocks.ts';
import { checkDevices } from './check-devices.ts';
import { checkLedger } from './check-ledger.ts';
import { checkServer, checkStranger } from './check-server.ts';
import type { Drama } from '../world/drama.ts';
import type { World } from '../world/world.ts';

/** What has to hold when everybody has synced until quiet. */
export async function checkEnd(world: World, drama: Drama): Promise<void> {
  checkServer(world, drama);
  await checkStranger(world, drama);
  checkAccount(world, drama);
  for (const unnoticed of drama.watchfulness.unnoticed()) world.fail(unnoticed);
  checkDevices(world, drama);
  checkClocks(world, drama);
  for (const device of drama.devices) await checkLedger(world, drama, device);
}
