import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { test } from 'node:test';
import { buildOneFile } from '../../scripts/release/one-file.ts';
import { dataans } from '../../scripts/release/programs.ts';
import { runProgram, startProgram, type Outcome } from '../world/program.ts';
import { repository } from '../world/repository.ts';
import { createWorld, type World } from '../world/world.ts';

const [debian, builder, image] = ['debian', 'builder', 'image'].map(
  (name) => `localhost/dataans-proof-${name}`,
) as [string, string, string];
const bytesMax = 200_000_000;
const build = ['podman', 'build', '--isolation=chroot', '--network=host', '--format=docker'];
/** As strict as a host can be; the two limits are what runc needs if it may not raise them. */
const run = (
  'podman --runtime runc run --network=host --read-only --cap-drop=all ' +
  '--ulimit nofile=1024:1024 --ulimit nproc=1024:1024'
).split(' ');

test('the image is built, small, and serves with a read-only root; the first start says how devices get in', async (t) => {
  const world = await createWorld(t);
  cleanUpWith(world, 'rmi', '--force', image, builder, debian);
  await makeBuilder(world);
  await succeed(world, [
    ...build,
    '--build-arg',
    `BUILD_BASE=${builder}`,
    '-f',
    'deploy/Dockerfile',
    '-t',
    image,
    '.',
  ]);
  const { stdout: size } = await podman(world, 'image', 'inspect', '--format', '{{.Size}}', image);
  assert.ok(Number(size) < bytesMax, size);

  const name = `dataans-proof-${process.pid}`;
  const server = startProgram(world, [...run, '--rm', '--name', name, '-e', 'DATAANS_PORT=0', image]);
  cleanUpWith(world, 'rm', '--force', '--volumes', name);
  const { port } = new URL(await server.waitForLine((line) => line.startsWith('http://')));
  assert.match(server.printed().stderr, /"run":"dataans-server token add NAME"/);
  await podman(world, 'exec', name, 'dataans-server', 'check');
  const health = await podman(world, 'exec', '-e', `DATAANS_PORT=${port}`, name, 'dataans-server', 'health');
  assert.match(health.stdout, /"status":"ok"/);

  const added = await podman(world, 'exec', name, 'dataans-server', 'token', 'add', 'laptop');
  await signIn(world, `http://127.0.0.1:${port}`, added.stdout.trim());
  await podman(world, 'stop', name);
  assert.equal((await server.ended).exitCode, 0);
});

/** A base with a recent Node and npm, made of what this machine has. */
async function makeBuilder(world: World): Promise<void> {
  const root = join(world.folder, 'debian.tar');
  const options = ['--quiet', '--variant=essential', '--dpkgopt=force-unsafe-io'];
  const packages = '--include=libatomic1,libstdc++6';
  await succeed(world, ['mmdebstrap', ...options, packages, 'bookworm', root]);
  await podman(world, 'import', root, debian);
  const folder = join(world.folder, 'builder');
  await mkdir(folder);
  await cp(process.execPath, join(folder, 'node'));
  await cp(dirname(dirname(findNpm())), join(folder, 'npm'), { recursive: true });
  // A registry whose certificate is this machine's own is trusted in the build, too.
  const certificates = process.env['NODE_EXTRA_CA_CERTS'] ?? '/etc/ssl/certs/ca-certificates.crt';
  const hasCertificates = existsSync(certificates);
  if (hasCertificates) await cp(certificates, join(folder, 'certificates'), { dereference: true });
  const lines = [
    `FROM ${debian}`,
    'COPY node /usr/local/bin/node',
    'COPY npm /usr/local/lib/node_modules/npm',
    'RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm',
    ...(hasCertificates
      ? ['COPY certificates /etc/certificates', 'ENV NODE_EXTRA_CA_CERTS=/etc/certificates']
      : []),
  ];
  await writeFile(join(folder, 'Dockerfile'), `${lines.join('\n')}\n`);
  await succeed(world, [...build, '-t', builder, folder]);
}

/** `npm-cli.js` of the npm that this machine calls, in the folder of its package. */
function findNpm(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = folders.map((folder) => join(folder, 'npm')).find((path) => existsSync(path));
  if (found === undefined) throw new Error('There is no npm on the path.');
  return realpathSync(found);
}

async function signIn(world: World, address: string, token: string): Promise<void> {
  const program = join(world.folder, 'dataans');
  const work = join(world.folder, 'work');
  await mkdir(work);
  await buildOneFile(dataans, work, program);
  const env = { DATAANS_TOKEN: token, DATAANS_PASSWORD: 'correct horse' };
  const command = [program, '--home', join(world.folder, 'home'), 'sign-in', address];
  const { exitCode, stderr } = await runProgram(world, command, { env });
  assert.equal(exitCode, 0, stderr);
}

function podman(world: World, ...args: readonly string[]): Promise<Outcome> {
  return succeed(world, ['podman', ...args]);
}

/** A world that ends starts no programs any more, so this one is not of it. There may be nothing to clean up. */
function cleanUpWith(world: World, ...args: readonly string[]): void {
  world.defer(() => void spawnSync('podman', args, { stdio: 'ignore' }));
}

async function succeed(world: World, command: readonly string[]): Promise<Outcome> {
  const PATH = `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}:/usr/sbin`;
  const outcome = await runProgram(world, command, { cwd: repository, env: { PATH } });
  assert.equal(outcome.exitCode, 0, `${command.join(' ')}: ${outcome.stderr.slice(-4_000)}`);
  return outcome;
}
