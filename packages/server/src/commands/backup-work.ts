import type { BackupWork } from '../backups/look-after-backups.ts';
import { tellHeartbeat } from '../backups/heartbeat.ts';
import type { OwnCommand } from '../backups/own-command.ts';
import { readAccountsManifest } from '../storage/backup/accounts-manifest.ts';
import { readManifest } from '../storage/backup/manifest.ts';

/** The commands that an operator would run, each in a process of its own. */
export function createBackupWork(options: {
  readonly folder: string;
  readonly heartbeatUrl: URL | null;
  readonly command: OwnCommand;
  /** What every command needs: the configuration of the server that runs. */
  readonly configWords: readonly string[];
}): BackupWork {
  const { folder, heartbeatUrl, command, configWords } = options;
  const run = (...words: readonly string[]) => command.run([...words, '--json', ...configWords]);
  return {
    make: async (verify) => {
      const report = JSON.parse(await run('backup', folder, ...(verify ? ['--verify'] : []))) as Report;
      const { isFirst, operations, chunks } = report;
      // SRV-45
      return {
        folder,
        ...(isFirst && { first: true }),
        operations,
        chunks: chunks.count,
        copied: chunks.copied,
      };
    },
    prove: async () => void (await run('check', folder)),
    isThere: async () =>
      (await readManifest(folder)) !== null || (await readAccountsManifest(folder)) !== null,
    tellHeartbeat: async () => {
      if (heartbeatUrl !== null) await tellHeartbeat(heartbeatUrl);
    },
    stop: () => command.stop(),
  };
}

/** What our own `backup --json` prints. */
interface Report {
  readonly isFirst: boolean;
  readonly operations: number;
  readonly chunks: { readonly count: number; readonly copied: number };
}
