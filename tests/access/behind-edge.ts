import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serverEnvironment } from '../access-edge/describe-edge.ts';
import { startEdge, type Edge, type EdgeOptions } from '../access-edge/edge.ts';
import { makeServiceToken } from '../access-edge/service-token.ts';
import { createDevice, type Device } from '../world/device.ts';
import { startServer, type ServerProcess } from '../world/server.ts';
import type { World } from '../world/world.ts';

type Environment = Readonly<Record<string, string>>;

/** The real server in a process of its own, reached through the stand-in for Cloudflare's edge alone. */
export interface BehindEdge {
  readonly edge: Edge;
  /** As people know it. */
  readonly address: string;
  server(): ServerProcess;
  /** Stops the server and starts it on the same data folder, which may have lost the keys of Access. */
  restartServer(options?: { readonly forgetsKeys?: boolean }): Promise<void>;
  device(name: string, environment?: Environment): Device;
  /** What lets a device in with the service token that the policy names. */
  readonly service: Environment;
}

const keptKeysFile = 'signing-keys.json';

export const you = 'you@example.org';

export async function createBehindEdge(world: World, options: EdgeOptions = {}): Promise<BehindEdge> {
  const token = makeServiceToken(true);
  const edge = await startEdge({ serviceTokens: [token], ...options });
  world.defer(() => edge.close());
  const trust = await trustEdge(world, edge);
  const env = { ...trust, ...serverEnvironment(edge, [token]) };
  const start = async (): Promise<ServerProcess> => {
    const started = await startServer(world, { env });
    edge.relayTo(started.address);
    return started;
  };
  let server = await start();
  return {
    edge,
    address: edge.application.address,
    server: () => server,
    restartServer: async ({ forgetsKeys = false } = {}) => {
      await server.stop();
      if (forgetsKeys) await rm(join(server.dataFolder, keptKeysFile));
      server = await start();
    },
    device: (name, environment = {}) => createDevice(world, name, { env: { ...trust, ...environment } }),
    service: {
      DATAANS_ACCESS_CLIENT_ID: token.clientId,
      DATAANS_ACCESS_CLIENT_SECRET: token.clientSecret,
    },
  };
}

/** What makes a program accept the certificate of the edge. */
async function trustEdge(world: World, { certificate }: Edge): Promise<Environment> {
  if (certificate === null) return {};
  const path = join(world.folder, 'edge.pem');
  await writeFile(path, certificate);
  return { NODE_EXTRA_CA_CERTS: path };
}
