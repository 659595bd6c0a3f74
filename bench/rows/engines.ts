import { findPostgres } from '../../packages/server/src/testing/postgres-server.ts';
import type { Row } from '../measure.ts';
import { startPostgresUnderTest } from '../world/postgres-under-test.ts';
import { withTemporaryFolder } from '../world/temporary-folder.ts';
import { measureBucket } from './bucket.ts';
import { measurePostgresLog } from './postgres-log.ts';
import { measureProcesses } from './several-processes.ts';

/** PostgreSQL beside SQLite, several processes beside one, and a bucket beside bare requests to it. */
export async function measureEngines(samples: number, durationMs: number): Promise<readonly Row[]> {
  const programs = findPostgres();
  if (programs === null)
    process.stderr.write(
      'Without PostgreSQL (on Debian: apt-get install postgresql) its figures are left out.\n',
    );
  return withTemporaryFolder(async (folder) => [
    ...(programs === null ? [] : await measurePostgres(programs, folder, samples, durationMs)),
    ...(await measureBucket(folder, samples)),
  ]);
}

async function measurePostgres(
  programs: string,
  folder: string,
  samples: number,
  durationMs: number,
): Promise<readonly Row[]> {
  const server = await startPostgresUnderTest(programs, folder);
  try {
    return [
      ...(await measurePostgresLog(server, folder, samples)),
      ...(await measureProcesses(server, durationMs)),
    ];
  } finally {
    await server.close();
  }
}
