import type { Server } from 'node:http';

/** How long requests that run may take to finish; an upload of one chunk needs less. */
const finishMs = 10_000;

/** Stops accepting, lets the requests that run finish, and ends when no connection is left. // SRV-32 */
export async function stopServing(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  const deadline = setTimeout(() => server.closeAllConnections(), finishMs);
  await promise;
  clearTimeout(deadline);
}
