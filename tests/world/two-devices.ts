import { createDevice, joinAccount, makeAccount, type Device } from './device.ts';
import { startServer, type ServerOptions, type ServerProcess } from './server.ts';
import type { World } from './world.ts';

export interface TwoDevices {
  readonly server: ServerProcess;
  readonly first: Device;
  readonly second: Device;
}

/** Two devices of one account, with what `prepare` made on the first of them. */
export async function createTwoDevices(
  world: World,
  prepare: (first: Device) => Promise<void>,
  options: ServerOptions = {},
): Promise<TwoDevices> {
  const server = await startServer(world, options);
  const first = createDevice(world, 'first');
  const second = createDevice(world, 'second');
  const passphrase = await makeAccount(first, server.address);
  await prepare(first);
  await first.done(['sync']);
  await joinAccount(second, server.address, passphrase);
  await second.done(['sync']);
  return { server, first, second };
}
