import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertSameFolders } from '../world/compare-folders.ts';
import type { Device } from '../world/device.ts';
import { digestFolder } from '../world/folder-digest.ts';
import { listNotes, listSpaces } from '../world/listings.ts';
import { createTwoDevices } from '../world/two-devices.ts';
import { createWorld } from '../world/world.ts';
import { writeBelow } from '../world/write-below.ts';

const paragraphs = (first: string, second: string) =>
  `# Title\n\n${first}\n\nBetween them.\n\nStill between.\n\n${second}\n`;

const startingNotes: Readonly<Record<string, string>> = {
  'trip/packing.md': 'tent\nstove\n',
  'trip/route.md': 'north, then east\n',
  'trip/paragraphs.md': paragraphs('One.', 'Two.'),
  'trip/line.md': 'before\nthe line\nafter\n',
  'trip/edited and deleted.md': 'as it was\n',
  'trip/deleted and edited.md': 'as it was\n',
  'trip/photos.md': 'with photos\n',
  'trip/deleted by both.md': 'nobody wants it\n',
  'old/forgotten.md': 'in a space that goes\n',
};

/** Both orders: whoever syncs first pushes onto what it knows, the other one merges. */
for (const order of ['first, second, first', 'second, first, second'])
  test(`what two devices did apart is on both after they synced: ${order}`, async (t) => {
    const world = await createWorld(t);
    const notes = join(world.folder, 'notes');
    for (const [path, text] of Object.entries(startingNotes)) await writeBelow(notes, path, text);
    const { first, second } = await createTwoDevices(world, async (device) => {
      await device.done(['import', notes]);
    });

    const idByName = new Map((await listNotes(first)).map(({ name, id }) => [name, id]));
    const idOf = (name: string): string => idByName.get(name) ?? name;
    const edit = (device: Device, name: string, text: string) =>
      device.done(['note', 'edit', idOf(name), '-'], { stdin: text });
    const remove = (device: Device, name: string) => device.done(['note', 'remove', idOf(name)]);
    const attach = async (device: Device, name: string, file: string) => {
      await writeFile(join(world.folder, file), `content of ${file}`);
      await device.done(['note', 'edit', idOf(name), '--file', join(world.folder, file)]);
    };

    await edit(first, 'packing.md', 'tent\nstove\nmap\n');
    await edit(second, 'route.md', 'south, then west\n');
    await edit(first, 'paragraphs.md', paragraphs('One, by the first.', 'Two.'));
    await edit(second, 'paragraphs.md', paragraphs('One.', 'Two, by the second.'));
    await edit(first, 'line.md', 'before\nthe line of the first\nafter\n');
    await edit(second, 'line.md', 'before\nthe line of the second\nafter\n');
    await edit(first, 'edited and deleted.md', 'kept by an edit\n');
    await remove(second, 'edited and deleted.md');
    await remove(first, 'deleted and edited.md');
    await edit(second, 'deleted and edited.md', 'kept by another edit\n');
    await remove(first, 'deleted by both.md');
    await remove(second, 'deleted by both.md');
    await first.done(['space', 'remove', 'old', '--yes']);
    await second.done(['note', 'add', 'Added to a space that goes', '--space', 'old']);
    await attach(first, 'photos.md', 'sunrise.jpg');
    await attach(second, 'photos.md', 'sunset.jpg');

    const deviceByName = new Map([first, second].map((device) => [device.name, device]));
    for (const name of order.split(', ')) await deviceByName.get(name)?.done(['sync']);

    const [out, otherOut] = [join(world.folder, 'out'), join(world.folder, 'other out')];
    await first.done(['export', out]);
    await second.done(['export', otherOut]);
    await assertSameFolders(world, out, otherOut);

    const exported = (path: string) => readFile(join(out, path), 'utf8');
    assert.equal(await exported('trip/packing.md'), 'tent\nstove\nmap\n');
    assert.equal(await exported('trip/route.md'), 'south, then west\n');
    assert.equal(
      await exported('trip/paragraphs.md'),
      paragraphs('One, by the first.', 'Two, by the second.'),
    );
    assert.equal(
      await exported('trip/line.md'),
      'before\nthe line of the first\nthe line of the second\nafter\n',
    );
    assert.equal(await exported('trip/edited and deleted.md'), 'kept by an edit\n');
    assert.equal(await exported('trip/deleted and edited.md'), 'kept by another edit\n');
    assert.equal(await exported('trip/photos.files/sunrise.jpg'), 'content of sunrise.jpg');
    assert.equal(await exported('trip/photos.files/sunset.jpg'), 'content of sunset.jpg');
    assert.equal(await exported('old/Added to a space that goes.md'), 'Added to a space that goes');
    assert.equal((await digestFolder(out)).size, 10);

    for (const device of [first, second]) {
      const conflicts = (await listNotes(device)).filter((note) => note.conflict);
      assert.deepEqual(
        conflicts.map((note) => note.name),
        ['line.md'],
      );
      assert.deepEqual((await listSpaces(device)).map((space) => space.name).toSorted(), ['old', 'trip']);
    }

    // Settling the conflict on one device settles it on the other.
    await edit(second, 'line.md', 'before\nthe line of both\nafter\n');
    await second.done(['sync']);
    await first.done(['sync']);
    assert.deepEqual(
      (await listNotes(first)).filter((note) => note.conflict),
      [],
    );
    assert.equal(
      (await first.done(['note', 'show', idOf('line.md')])).stdout,
      'before\nthe line of both\nafter\n',
    );
  });
