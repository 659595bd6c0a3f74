import { mkdir, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { S3Place } from '../../../packages/server/src/chunks/chunk-place.ts';
import { freePort } from '../../world/free-port.ts';
import { runProgram, startProgram } from '../../world/program.ts';
import type { World } from '../../world/world.ts';

/** How often it is asked whether it listens, and how many times at most. */
const startPause = { ms: 200, times: 300 };

const key = { keyId: 'somebody', secret: 'secret/of+somebody' };

/** Ceph's object gateway, which knows conditions on a PUT: a monitor, one disk in memory, and the gateway. */
export async function startRadosGateway(world: World): Promise<S3Place> {
  const { folder } = world;
  const [cluster, disk] = [randomUUID(), randomUUID()];
  const [monitorPort, port] = [await freePort(), await freePort()];
  const settings = join(folder, 'ceph.conf');
  const run = async (program: string, ...words: readonly string[]): Promise<void> => {
    const command = [program, '-c', settings, ...words];
    const { exitCode, stdout, stderr } = await runProgram(world, command, { cwd: folder });
    if (exitCode !== 0) throw new Error(`${command.join(' ')}: ${stdout}${stderr}`);
  };
  const start = (program: string, ...words: readonly string[]) =>
    startProgram(world, [program, '-c', settings, '-f', ...words], { cwd: folder });
  await writeFile(join(folder, 'keyring'), '');
  await writeFile(settings, configuration(folder, cluster, monitorPort));
  await mkdir(join(folder, 'disk'));

  const monitors = join(folder, 'monitors');
  const monitor = ['--addv', 'a', `[v1:127.0.0.1:${monitorPort}]`];
  await run('monmaptool', '--create', '--fsid', cluster, ...monitor, monitors);
  await run('ceph-mon', '--mkfs', '-i', 'a', '--monmap', monitors);
  start('ceph-mon', '-i', 'a');
  await run('ceph', '--connect-timeout', '60', 'osd', 'new', disk);
  await run('ceph-osd', '-i', '0', '--mkfs', '--osd-uuid', disk);
  start('ceph-osd', '-i', '0');
  start('radosgw', '-n', 'client.gateway', `--rgw-frontends=beast endpoint=127.0.0.1:${port}`);
  const endpoint = new URL(`http://127.0.0.1:${port}`);
  await waitUntilListening(endpoint);
  const keys = [`--access-key=${key.keyId}`, `--secret-key=${key.secret}`];
  await run('radosgw-admin', 'user', 'create', '--uid=somebody', '--display-name=Somebody', ...keys);
  return { endpoint, region: 'default', bucket: 'notes', prefix: 'of/somebody', ...key };
}

/** One of everything, which nobody else reaches. */
function configuration(folder: string, cluster: string, monitorPort: number): string {
  return [
    '[global]',
    `fsid = ${cluster}`,
    `mon host = v1:127.0.0.1:${monitorPort}`,
    'ms bind msgr2 = false',
    'public addr = 127.0.0.1',
    'cluster addr = 127.0.0.1',
    'auth cluster required = none',
    'auth service required = none',
    'auth client required = none',
    'mon allow pool size one = true',
    'osd pool default size = 1',
    'osd pool default min size = 1',
    'osd pool default pg num = 1',
    'osd pool default pg autoscale mode = off',
    'osd crush chooseleaf type = 0',
    'osd objectstore = memstore',
    `mon data = ${join(folder, 'monitor')}`,
    `osd data = ${join(folder, 'disk')}`,
    `run dir = ${folder}`,
    `keyring = ${join(folder, 'keyring')}`,
    `log file = ${join(folder, '$name.log')}`,
    `admin socket = ${join(folder, '$name.$pid.asok')}\n`,
  ].join('\n');
}

async function waitUntilListening(endpoint: URL): Promise<void> {
  for (let time = 0; time < startPause.times; time += 1) {
    const isListening = await fetch(endpoint).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isListening) return;
    await wait(startPause.ms);
  }
  throw new Error('The object gateway does not answer.');
}
