import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configureAuth } from '../../../packages/server/src/auth/methods.ts';
import { parseConfigFile } from '../../../packages/server/src/config/config-file.ts';
import { readSettings, requireAuth } from '../../../packages/server/src/config/read-settings.ts';
import { OperatorError } from '../../../packages/server/src/operator-error.ts';
import { readManifest } from '../../../packages/server/src/storage/backup/manifest.ts';
import { varyJson } from '../mutate/vary.ts';
import type { Target } from '../target.ts';

const settings = {
  DATAANS_DATA: '/srv/dataans',
  DATAANS_PORT: 8_000,
  DATAANS_HOST: '127.0.0.1',
  DATAANS_PUBLIC_URL: 'https://notes.example.org',
};
const configs = [
  settings,
  { ...settings, DATAANS_AUTH: 'token' },
  {
    ...settings,
    DATAANS_AUTH: 'cloudflare-access',
    DATAANS_ACCESS_TEAM: 'a',
    DATAANS_ACCESS_AUD: 'a'.repeat(64),
  },
  {
    ...settings,
    DATAANS_AUTH: 'trusted-header',
    DATAANS_TRUSTED_HEADER: 'tailscale',
    DATAANS_TRUSTED_PEERS: '127.0.0.1,fd00::/8',
    DATAANS_ALLOW_USERS: 'you@example.org',
  },
];
const hash = 'ab'.repeat(32);
const manifest = {
  format: 'dataans-server backup',
  version: 1,
  number: 1,
  made: '2026-11-23T05:00:00.000Z',
  program: '0.1.0',
  log: '43effdb3-b478-4784-b097-4fc2b34313cc',
  head: 1,
  chain: hash,
  logFile: { name: 'log-1.sqlite', bytes: 4_096, sha256: hash },
  chunks: { count: 0, bytes: 0 },
};

/** What an operator writes, and what lies in a backup: it is read, or refused with a sentence for them. */
export function createOperatorTargets(folder: string): readonly Target[] {
  return [
    {
      name: 'config',
      share: 0.5,
      make: (chance) => varyJson(configs, chance),
      read: async (input) =>
        refusing(async () => {
          const file = parseConfigFile('config.json', Buffer.from(input).toString());
          const read = readSettings({}, file, () => '/srv/dataans');
          const place = { host: read.host, publicHost: read.publicUrl?.host ?? null };
          configureAuth(requireAuth(read), read.authOptions, place);
        }),
    },
    {
      name: 'backup-manifest',
      share: 0.05,
      make: (chance) => varyJson([manifest], chance),
      read: async (input) =>
        refusing(async () => {
          writeFileSync(join(folder, 'backup.json'), input);
          await readManifest(folder);
        }),
    },
  ];
}

async function refusing(read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
  }
}
