import { fileURLToPath } from 'node:url';
import { durationRow, timed, type Row } from '../measure.ts';
import { startChildServer } from '../world/child-server.ts';
import { startServerUnderTest } from '../world/server-under-test.ts';
import { withTemporaryFolder } from '../world/temporary-folder.ts';

/** From nothing to a printed address, beside a bare HTTP server in a process of its own. */
export function measureColdStart(): Promise<readonly Row[]> {
  return withTemporaryFolder(async (folder) => {
    const script = fileURLToPath(new URL('../limits/bare-server.ts', import.meta.url));
    const bare = await timed(() => startChildServer(script, [], process.env));
    await bare.result.stop();
    const real = await timed(() => startServerUnderTest(folder));
    await real.result.stop();
    return [durationRow('server cold start', [{ figure: real.ms, limit: bare.ms }])];
  });
}
