import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf, type IsProxy } from '../callers/caller-address.ts';

/** More than all devices of a person hold, with their event streams, and few enough for the system. // SRV-46 */
const connectionsMax = 1_024;

/** With many accounts: all event streams, and as many requests again. */
const connectionsOfManyMax = 20_000;

/** So many from one address leave room for everybody else. A proxy speaks for all, and has no such bound. // SRV-46 */
export const connectionsPerAddressMax = 256;

/** Closes connections beyond what one address may have. */
export function limitConnections(server: Server, isProxy: IsProxy, hasManyAccounts = false): void {
  server.maxConnections = hasManyAccounts ? connectionsOfManyMax : connectionsMax;
  const countByNetwork = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress;
    // It has gone already.
    if (address === undefined) return void socket.destroy();
    if (isProxy(address)) return;
    const network = networkOf(address);
    const count = countByNetwork.get(network) ?? 0;
    if (count >= connectionsPerAddressMax) return void socket.destroy();
    countByNetwork.set(network, count + 1);
    socket.once('close', () => {
      const left = (countByNetwork.get(network) ?? 1) - 1;
      if (left === 0) countByNetwork.delete(network);
      else countByNetwork.set(network, left);
    });
  });
}
