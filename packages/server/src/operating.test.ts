import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { temporaryFolder } from './testing/temporary-folder.ts';

const repository = join(import.meta.dirname, '..', '..', '..');

test('[SRV-34] [SRV-37] the drill of docs/operating.md works as it stands', async (t) => {
  const markdown = await readFile(join(repository, 'docs', 'operating.md'), 'utf8');
  const drills = [...markdown.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, commands = '']) => commands);
  assert.equal(drills.length, 1);
  const { stdout } = await promisify(execFile)('sh', ['-eu', '-c', drills.join('')], {
    cwd: repository,
    env: {
      PATH: [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
      TMPDIR: await temporaryFolder(t),
    },
  });
  assert.match(
    stdout,
    /backup has 0 operations[^]*Restored 0 operations[^]*operations +0 +0\n[^]*nothing is damaged\./,
  );
});
