import { fileURLToPath } from 'node:url';
import { startChildServer, type ChildServer } from '../world/child-server.ts';

/** A bare loopback HTTP server, and how long it takes to move bytes to it and from it. */
export interface BareHttp {
  uploadMs(bodies: readonly number[]): Promise<number>;
  downloadMs(bodies: readonly number[]): Promise<number>;
  stop(): Promise<void>;
}

export async function startBareHttp(): Promise<BareHttp> {
  const script = fileURLToPath(new URL('bare-server.ts', import.meta.url));
  const server: ChildServer = await startChildServer(script, [], process.env);
  return {
    uploadMs: (bodies) =>
      measure(bodies, async (bytes) => {
        const response = await fetch(server.address, { method: 'POST', body: new Uint8Array(bytes) });
        await response.text();
      }),
    downloadMs: (bodies) =>
      measure(bodies, async (bytes) => {
        const response = await fetch(`${server.address}/${bytes}`);
        await response.arrayBuffer();
      }),
    stop: () => server.stop(),
  };
}

async function measure(bodies: readonly number[], move: (bytes: number) => Promise<void>): Promise<number> {
  const start = performance.now();
  for (const bytes of bodies) await move(bytes);
  return performance.now() - start;
}
