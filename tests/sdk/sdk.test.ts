import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { packSdk } from '../../scripts/pack/pack-sdk.ts';
import { runProgram } from '../world/program.ts';
import { repository } from '../world/repository.ts';
import { startServer } from '../world/server.ts';
import { createWorld, type World } from '../world/world.ts';
import { findExamples } from './sdk-examples.ts';

const types = join(repository, 'node_modules/@types');

test('the packed SDK installs in an empty project, and the examples of its guide type-check and run there', async (t) => {
  const world = await createWorld(t);
  const server = await startServer(world);
  const project = join(world.folder, 'project');
  await makeProject(world, project);
  const compiler = join(repository, 'node_modules/typescript/bin/tsc');
  const checked = await runProgram(world, [process.execPath, compiler, '-p', '.'], { cwd: project });
  assert.equal(checked.exitCode, 0, checked.stdout);

  const run = async (name: string): Promise<string> => {
    const command = [process.execPath, name, server.address];
    const { exitCode, stdout, stderr } = await runProgram(world, command, { cwd: project });
    assert.equal(exitCode, 0, stderr);
    return stdout;
  };
  assert.equal(await run('notes.ts'), 'Recipes: Tomato soup\nsoup.txt: four tomatoes, drawn\n');
  const screen = await run('screen.ts');
  assert.match(screen, /^Tomato soup$/m);
  assert.match(screen, /^not-found: There is no such file\.$/m);
});

async function makeProject(world: World, project: string): Promise<void> {
  await mkdir(project);
  const options = { target: 'esnext', module: 'nodenext', strict: true, noEmit: true, types: ['node'] };
  const configuration = { compilerOptions: { ...options, lib: ['esnext', 'dom'], typeRoots: [types] } };
  await writeFile(join(project, 'package.json'), '{ "type": "module" }\n');
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify(configuration));
  const guide = await readFile(join(repository, 'docs/sdk.md'), 'utf8');
  for (const { title, code } of findExamples(guide)) await writeFile(join(project, title), code);
  const tarballs = packSdk(join(world.folder, 'packed'));
  const npm = [
    'npm',
    'install',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    ...tarballs,
  ];
  const installed = await runProgram(world, npm, {
    cwd: project,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' },
  });
  assert.equal(installed.exitCode, 0, installed.stderr);
}
