import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importFolder } from '../../packages/client/src/import/import-folder.ts';
import { createNodePrimitives } from '../../packages/client/src/node/primitives.ts';
import { openFolderSource } from '../../packages/client/src/node/folder-source.ts';
import { makeBareOperations } from '../limits/bare-operations.ts';
import { measureBareInserts } from '../limits/bare-inserts.ts';
import { measureBareSealing } from '../limits/bare-sealing.ts';
import { durationRow, timed, type Row } from '../measure.ts';
import { openDevice } from '../world/device.ts';
import { startServerUnderTest } from '../world/server-under-test.ts';
import { withTemporaryFolder } from '../world/temporary-folder.ts';
import { averageEnvelopeBytes } from '../world/write-notes.ts';

const corpus = fileURLToPath(new URL('../../../shared/corpus/tldr-notes.tar.gz', import.meta.url));
const perTransaction = { firsts: [], rest: 500 };

/** The corpus of notes from its folder into a store; nothing where the corpus is not there. */
export function measureImport(): Promise<readonly Row[]> {
  if (!existsSync(corpus)) return Promise.resolve([]);
  return withTemporaryFolder(async (folder) => {
    execFileSync('tar', ['xzf', corpus, '-C', folder]);
    const server = await startServerUnderTest(folder);
    const home = await openDevice(folder, 'device', server.address);
    const notebook = await home.notebook();
    const files = await home.files();
    const primitives = createNodePrimitives();
    const source = await openFolderSource(join(folder, 'notes'), home.directory);
    const imported = await timed(() =>
      importFolder({ notebook, files, primitives, entities: home.store.entities }, source),
    );
    const count = home.store.log.operationCount();
    const bytes = averageEnvelopeBytes(home);
    const insertMs = measureBareInserts(folder, makeBareOperations(count, bytes, bytes), perTransaction);
    const { sealMs } = measureBareSealing(count, bytes);
    await home.close();
    await server.stop();
    return [
      durationRow(`import of ${count.toLocaleString('en')} operations`, [
        { figure: imported.ms, limit: sealMs + insertMs },
      ]),
    ];
  });
}
