// Serves the checks of a browser until Ctrl-C, for a person who opens them in any browser of this machine.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundlePage } from './bundle.ts';
import { startFront } from './front.ts';

const folder = await mkdtemp(join(tmpdir(), 'dataans-browser-'));
await bundlePage(folder);
const front = await startFront(folder);
process.stdout.write(`${front.address}/?check\n`);
process.once('SIGINT', () => {
  void front.close().then(() => rm(folder, { recursive: true, force: true }));
});
