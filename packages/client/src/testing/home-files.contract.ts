import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSignedIn, requireNote, signIn, type WithPlace } from './home-place.ts';

/** What every `Home` must do with files. */
export function homeFilesContract(withPlace: WithPlace): void {
  test('[FIL-10] a picture that is attached says what it is and how large, whatever it is called', () =>
    withPlace(async (place) => {
      const { spaces, notes } = await openSignedIn(place);
      const inbox = await spaces.add({ name: 'Inbox' });
      const png =
        'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAADElEQVR4nGNgoBoAAABGAAFnDSvtAAAAAElFTkSuQmCC';
      const content = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
      const attach = [{ name: 'photo', content: new Blob([content], { type: 'image/jpeg' }) }];
      const { id } = await notes.add({ space: inbox.id, text: '', attach });
      const [photo] = (await requireNote(notes.read(id))).files;
      assert.deepEqual([photo?.type, photo?.width, photo?.height], ['image/png', 3, 2]);
    }));

  test('[FIL-11] a picture is seen small before its content is there', () =>
    withPlace(async (place) => {
      if (place.draw === undefined) return;
      const laptop = await place.open();
      const { passphrase } = await signIn(laptop, place, null);
      const inbox = await laptop.spaces.add({ name: 'Inbox' });
      const drawing = new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>'], { type: 'image/svg+xml' });
      const attach = [
        { name: 'photo', content: await place.draw(1_200, 600) },
        { name: 'drawing.svg', content: drawing },
        { name: 'broken.png', content: (await place.draw(40, 40)).slice(0, 60) },
      ];
      const { id } = await laptop.notes.add({ space: inbox.id, text: '', attach });
      await laptop.sync.run();
      const phone = await place.open();
      await signIn(phone, place, passphrase);
      await phone.sync.run({ fetchFiles: false });
      const [photo, ...others] = (await requireNote(phone.notes.read(id))).files;
      assert.deepEqual(
        others.map(({ preview }) => preview),
        [null, null],
      );
      assert.ok(photo !== undefined && photo.preview !== null);
      assert.ok(photo.preview.length < 400, String(photo.preview.length));
      const drawn = Uint8Array.from(atob(photo.preview.split(',')[1] ?? ''), (byte) => byte.charCodeAt(0));
      const small = await createImageBitmap(new Blob([drawn]));
      assert.deepEqual([small.width, small.height], [24, 12]);
    }));

  test('[FIL-13] a large photo is there small for lists, also when its content is on the server alone', () =>
    withPlace(async (place) => {
      const { spaces, notes, files, sync } = await openSignedIn(place);
      const inbox = await spaces.add({ name: 'Inbox' });
      const text = { name: 'notes.txt', content: new Blob(['text']) };
      const pictures = await Promise.all([place.draw?.(1_200, 600), place.draw?.(300, 300)]);
      const drawn = pictures.flatMap((content) =>
        content === undefined ? [] : [{ name: 'photo', content }],
      );
      const { id } = await notes.add({ space: inbox.id, text: '', attach: [text, ...drawn] });
      const [other, photo, small] = (await requireNote(notes.read(id))).files;
      assert.ok(other !== undefined);
      assert.equal(await files.thumbnail(other.id), null);
      if (photo === undefined || small === undefined) return;
      assert.equal(await files.thumbnail(small.id), null);
      await sync.run();
      const made = await Promise.all([files.thumbnail(photo.id), files.thumbnail(photo.id)]);
      await files.release(photo.id);
      for (const each of [...made, await files.thumbnail(photo.id)]) {
        const { width, height } = await createImageBitmap(each ?? new Blob([]));
        assert.deepEqual([width, height], [640, 320]);
      }
    }));

  test('[FIL-12] the content of a file is freed once it is on the server, and is there when it is asked for', () =>
    withPlace(async (place) => {
      const { spaces, notes, files, sync } = await openSignedIn(place);
      const inbox = await spaces.add({ name: 'Inbox' });
      const attach = [{ name: 'photo.png', content: new Blob(['pixels']) }];
      const { id } = await notes.add({ space: inbox.id, text: '', attach });
      const [photo] = (await requireNote(notes.read(id))).files;
      assert.ok(photo !== undefined);
      await assert.rejects(files.release(photo.id), { code: 'not-found', reason: 'not-on-server' });
      await sync.run();
      await files.release(photo.id);
      assert.deepEqual(await files.state(photo.id), { kind: 'elsewhere' });
      assert.deepEqual(await files.read(photo.id), new TextEncoder().encode('pixels'));
      await files.fetch(photo.id);
      assert.deepEqual(await files.state(photo.id), { kind: 'here' });
    }));
}
