import { open, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PathRules } from '../folder-format/path-rules.ts';
import { faultCode } from './file-faults.ts';

/** Longest path that a system takes, the final zero left out; Windows takes far longer ones from Node. */
const systemPathBytesMax = process.platform === 'darwin' ? 1_023 : 4_095;

/** Whatever the operating system: a stick or a share may be made for another one. // EXP-4 */
export async function probePathRules(folder: string): Promise<PathRules> {
  return {
    names: (await takesAnyName(folder)) ? 'posix' : 'windows',
    foldsCase: await isOneFile(folder, 'case', 'CASE'),
    foldsNormalization: await isOneFile(folder, '\u0439', '\u0438\u0306'),
    pathBytesMax: systemPathBytesMax - Buffer.byteLength(folder) - 1,
  };
}

const controls = String.fromCharCode(...Array.from({ length: 31 }, (_, index) => index + 1));

/** What Windows forbids; its own answer is no proof, since `a:b` is a stream of the file `a` there. */
async function takesAnyName(folder: string): Promise<boolean> {
  if (process.platform === 'win32') return false;
  for (const name of ['<>:"\\|?*x', `${controls}x`, 'dot.', 'blank ', 'con', 'aux.md'])
    if (!(await keepsName(folder, name))) return false;
  return true;
}

/** Whether a file gets this very name: some file systems refuse it, some give it another. */
async function keepsName(folder: string, name: string): Promise<boolean> {
  const path = join(folder, name);
  try {
    await (await open(path, 'wx')).close();
  } catch (error) {
    if (namingCodes.has(faultCode(error) ?? '')) return false;
    throw error;
  }
  const kept = (await readdir(folder)).includes(name);
  await rm(path);
  return kept;
}

/** What file systems answer to a name that they do not take. */
export const namingCodes: ReadonlySet<string> = new Set([
  'EINVAL',
  'EILSEQ',
  'ENAMETOOLONG',
  'EEXIST',
  'EISDIR',
  'ENOTDIR',
  'ENOENT',
  'EPROTO',
]);

/** Whether the file system finds under one name what was written under another. */
async function isOneFile(folder: string, written: string, asked: string): Promise<boolean> {
  await writeFile(join(folder, written), '');
  const found = await stat(join(folder, asked)).then(
    () => true,
    () => false,
  );
  await rm(join(folder, written));
  return found;
}
