import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startChildServer, type ChildServer } from './child-server.ts';

const script = fileURLToPath(new URL('../../packages/server/bin/dataans-server.mjs', import.meta.url));

/**
 * The real server in a process of its own, with a data folder below `folder`.
 *
 * @param publicUrl address of a relay in front of it, where there is one
 */
export function startServerUnderTest(folder: string, publicUrl?: string): Promise<ChildServer> {
  const env = {
    ...process.env,
    DATAANS_DATA: join(folder, 'server'),
    DATAANS_PORT: '0',
    DATAANS_AUTH: 'loopback',
    ...(publicUrl === undefined ? {} : { DATAANS_PUBLIC_URL: publicUrl }),
  };
  return startChildServer(script, ['start'], env);
}
