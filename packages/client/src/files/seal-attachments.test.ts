import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits, type EntityId } from '@dataans/core';
import { primitives } from '../testing/test-notebook.ts';
import { openTestNotes } from '../testing/test-notes.ts';
import { randomUuid } from '../testing/test-store.ts';
import { sealAttachments } from './seal-attachments.ts';

test('[STO-54] bytes and what was chosen in a browser are sealed alike, and opened as they were', async (t) => {
  const { files } = await openTestNotes(t);
  const bytes = new Uint8Array(limits.pieceBytesMax + 5).fill(7);
  const id = randomUuid<EntityId>();
  const progress: string[] = [];
  const sealed = await sealAttachments(
    { files, primitives },
    [
      { id, name: 'a.bin', content: bytes },
      { name: 'b.bin', content: new Blob([bytes]) },
      { name: 'empty', content: new Blob([]) },
    ],
    { onProgress: ({ name, doneBytes }) => progress.push(`${name} ${doneBytes}`) },
  );
  const [first, second, empty] = sealed;
  assert.ok(first !== undefined && second !== undefined && empty !== undefined);
  assert.equal(first.id, id);
  assert.deepEqual(second.value, { ...first.value, name: 'b.bin' });
  assert.deepEqual([empty.value.bytes, empty.value.name], [0, 'empty']);
  assert.deepEqual(Buffer.concat(await Array.fromAsync(files.open(second.value))), Buffer.from(bytes));
  assert.ok(progress.includes(`a.bin ${bytes.length}`) && progress.includes(`b.bin ${bytes.length}`));
});

test('attaching can be given up, and a file that went away meanwhile is said to be gone', async (t) => {
  const { files } = await openTestNotes(t);
  const seal = (content: Blob, signal?: AbortSignal) =>
    sealAttachments({ files, primitives }, [{ name: 'a', content }], signal === undefined ? {} : { signal });
  const reason = new Error('enough');
  await assert.rejects(seal(new Blob(['abc']), AbortSignal.abort(reason)), reason);
  const gone = new Blob(['abc']);
  const broken = { arrayBuffer: () => Promise.reject(new TypeError('gone')) };
  Object.defineProperty(gone, 'slice', { value: () => broken });
  await assert.rejects(seal(gone), { code: 'invalid', advice: 'Choose it again.' });
});
