import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleProgram } from './bundle-program.ts';
import { readFilesOf, type Program } from './programs.ts';

/**
 * Builds a program that is one file and needs nothing else of the machine: the Node that runs this, the program's modules, and the
 * files that it reads.
 *
 * @param work an empty folder
 * @param output the path of the program
 */
export async function buildOneFile(program: Program, work: string, output: string): Promise<void> {
  await bundleProgram(program, join(work, 'program'), { inOneFile: true });
  const configuration = {
    // As it is named here it is in the program, which is to be the same wherever it is built.
    main: 'program/main.js',
    mainFormat: 'module',
    output,
    disableExperimentalSEAWarning: true,
    assets: Object.fromEntries(readFilesOf(program)),
  };
  const file = join(work, 'one-file.json');
  writeFileSync(file, JSON.stringify(configuration));
  execFileSync(process.execPath, ['--build-sea', file], {
    cwd: work,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  chmodSync(output, 0o755);
}

/** Such as `dataans-server-0.1.0-linux-x64`. */
export function oneFileName({ name }: Program, version: string): string {
  const extension = process.platform === 'win32' ? '.exe' : '';
  return `${name}-${version}-${process.platform}-${process.arch}${extension}`;
}
