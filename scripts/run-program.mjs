import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { isNewEnough, nodeMin } from './install/node-version.mjs';
import { packagedNodeIn } from './install/packaged-node.mjs';

/**
 * Runs a program on a Node that runs TypeScript as it is: this one, else the one that is installed beside it.
 *
 * @param {string} name what people call it
 * @param {URL} main
 */
export async function runProgram(name, main) {
  if (!isNewEnough(process.version)) return runOn(findNode(), name, main);
  keepCompiled();
  await import(main.href);
}

/** Halves the start of every command. Not from `main`: what takes types away would be loaded for that one file alone. */
function keepCompiled() {
  module.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/dataans', import.meta.url)));
}

/** @returns {string | null} */
function findNode() {
  const path = packagedNodeIn(fileURLToPath(new URL('..', import.meta.url)));
  return existsSync(path) ? path : null;
}

/**
 * @param {string | null} node
 * @param {string} name
 * @param {URL} main
 */
function runOn(node, name, main) {
  if (node === null) {
    process.stderr.write(
      `${name} needs Node ${nodeMin} or newer; this is ${process.versions.node}. ` +
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
    process.stderr.write(`${name} could not start ${node}: ${error.message}.\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
  });
}
