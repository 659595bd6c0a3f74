import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'vite';
import { packSdk } from '../../scripts/pack/pack-sdk.ts';
import { launchChromium } from '../browser/chromium.ts';
import { startFront } from '../browser/front.ts';
import { packDependencies } from '../world/pack-dependencies.ts';
import { runProgram } from '../world/program.ts';
import { repository } from '../world/repository.ts';
import { startServer } from '../world/server.ts';
import { createWorld, type World } from '../world/world.ts';
import { findExamples } from './sdk-examples.ts';

const types = join(repository, 'node_modules/@types');

test('the packed SDK installs in an empty project, and the examples of its guide type-check and run there', async (t) => {
  const world = await createWorld(t);
  const bundle = join(world.folder, 'bundle');
  const front = await startFront(bundle);
  t.after(front.close);
  const server = await startServer(world, { env: { DATAANS_PUBLIC_URL: front.address } });
  front.forwardTo(server.address);
  const project = join(world.folder, 'project');
  await makeProject(world, project);
  const compiler = join(repository, 'node_modules/.bin/tsc');
  const checked = await runProgram(world, [process.execPath, compiler, '-p', '.'], { cwd: project });
  assert.equal(checked.exitCode, 0, checked.stdout);

  const run = async (name: string): Promise<string> => {
    const command = [process.execPath, name, front.address];
    const { exitCode, stdout, stderr } = await runProgram(world, command, { cwd: project });
    assert.equal(exitCode, 0, stderr);
    return stdout;
  };
  assert.equal(await run('notes.ts'), 'Recipes: Tomato soup\nsoup.txt: four tomatoes, drawn\n');
  assert.match(await showInBrowser(world, project, bundle, front.address), /^Recipes: Tomato soup$/);
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
  const packed = join(world.folder, 'packed');
  const tarballs = [...packSdk(packed), ...packDependencies(['core', 'client'], packed)];
  const npm = ['npm', 'install', '--offline', '--no-audit', '--no-fund', '--ignore-scripts', ...tarballs];
  const installed = await runProgram(world, npm, {
    cwd: project,
    env: { PATH: process.env['PATH'] ?? '', npm_config_cache: join(world.folder, 'npm-cache') },
  });
  assert.equal(installed.exitCode, 0, installed.stderr);
}

/** What the page shows once it has what the devices in Node wrote. */
async function showInBrowser(
  world: World,
  project: string,
  bundle: string,
  address: string,
): Promise<string> {
  await build({
    configFile: false,
    root: project,
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir: bundle, target: 'esnext', assetsInlineLimit: 0, modulePreload: false },
  });
  const browser = await launchChromium(join(world.folder, 'profile'));
  try {
    const page = await browser.newPage();
    const { passphrase } = JSON.parse(
      await readFile(join(project, 'laptop/profile.json'), 'utf8'),
    ) as Secrets;
    const answers = ['correct horse battery', passphrase];
    page.on('dialog', (dialog) => void dialog.accept(answers.shift()));
    await page.goto(address);
    await page.getByText('Recipes').waitFor();
    return (await page.textContent('body')) ?? '';
  } finally {
    await browser.close();
  }
}

/** As much of a home's profile as is read here. */
interface Secrets {
  readonly passphrase: string;
}
