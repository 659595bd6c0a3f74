import { rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { explainFileFault, faultCode } from './file-faults.ts';
import { listCopies } from './sqlite-copy.ts';
import { listPartials } from './write-file.ts';

const credentialFiles = ['credentials.json', 'sign-in.json'];
const dataFiles = [
  'profile.json',
  'account.json',
  'chunks',
  'drafts',
  'store.sqlite',
  'store.sqlite-wal',
  'store.sqlite-shm',
  'store.sqlite.witness',
  'sync.lock.sqlite',
  'send.lock.sqlite',
  'fetch.lock.sqlite',
  'hold.lock.sqlite',
];

/** Removes what this program keeps in a home, and the folder itself when nothing else is in it. */
export async function eraseHome(directory: string, what: 'credentials' | 'everything'): Promise<void> {
  const paths = (what === 'everything' ? [...credentialFiles, ...dataFiles] : credentialFiles).map((name) =>
    join(directory, name),
  );
  const copies = what === 'everything' ? listCopies(join(directory, 'store.sqlite')) : [];
  const partials = paths.flatMap(listPartials).map(({ path }) => path);
  for (const path of [...partials, ...paths, ...copies]) {
    await rm(path, { recursive: true, force: true }).catch((error: unknown) => {
      throw explainFileFault(error, path);
    });
  }
  if (what === 'everything')
    await rmdir(directory).catch((error: unknown) => {
      if (!['ENOTEMPTY', 'ENOENT', 'EEXIST'].includes(faultCode(error) ?? ''))
        throw explainFileFault(error, directory);
    });
}
