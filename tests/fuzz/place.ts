import { startServer } from '../world/server.ts';
import type { World } from '../world/world.ts';

/** What readers need that are more than a function. */
export interface Place {
  /** For files that are read. */
  readonly folder: string;
  /** Address of a server of their own. */
  readonly server: string;
}

export async function createPlace(world: World): Promise<Place> {
  const { address } = await startServer(world, { env: { DATAANS_LOG_LEVEL: 'silent' } });
  return { folder: world.folder, server: address };
}
