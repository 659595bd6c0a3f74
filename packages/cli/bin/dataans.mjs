#!/usr/bin/env node
// Runs the program on a Node that runs TypeScript as it is: this one, else the one that is installed beside it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const nodeMajorMin = 24;
const main = new URL('../src/main.ts', import.meta.url);

if (Number.parseInt(process.versions.node, 10) >= nodeMajorMin) await import(main.href);
else runOn(findNode());

/** @returns {string | null} */
function findNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const places = ['../../../node_modules/node/bin/', '../node_modules/node/bin/'];
  const paths = places.map((place) => fileURLToPath(new URL(place + name, import.meta.url)));
  return paths.find((path) => existsSync(path)) ?? null;
}

/** @param {string | null} node */
function runOn(node) {
  if (node === null) {
    process.stderr.write(
      `dataans needs Node ${nodeMajorMin} or newer; this is ${process.versions.node}. ` +
        'Run “npm install” in the folder of Dataans, which brings one, or install a newer Node.\n',
    );
    process.exitCode = 1;
    return;
  }
  const child = spawn(node, [fileURLToPath(main), ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal sends Ctrl-C to both; the child decides how to end, and how it ended is how this ends.
  process.on('SIGINT', () => undefined);
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', (error) => {
    process.stderr.write(`dataans could not start ${node}: ${error.message}.\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
  });
}
