import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { EntityId } from '@dataans/core';
import type { Stop } from '../live/live-query.ts';
import { homeFilesContract } from './home-files.contract.ts';
import {
  noAccess,
  openSignedIn,
  password,
  requireNote,
  signIn,
  type HomePlace,
  type WithPlace,
} from './home-place.ts';

/** What every `Home` must do. */
export function homeContract(name: string, makePlace: () => Promise<HomePlace>): void {
  const withPlace: WithPlace = async (run) => {
    const place = await makePlace();
    try {
      await run(place);
    } finally {
      await place.remove();
    }
  };

  describe(`home: ${name}`, () => {
    test('a first sign-in makes the account, and its passphrase opens it on another device', () =>
      withPlace(async (place) => {
        const laptop = await place.open();
        assert.deepEqual(await laptop.account.state(), {
          signedIn: false,
          server: null,
          device: null,
          deviceId: null,
          storeLost: false,
        });
        const made = await signIn(laptop, place, null);
        assert.ok(made.created && made.passphraseGenerated);
        assert.equal((await laptop.account.state()).device, 'Device');
        assert.equal(await laptop.account.passphrase(password), made.passphrase);
        await assert.rejects(laptop.account.passphrase('wrong'), { code: 'wrong-credentials' });
        const phone = await place.open();
        const question = { server: place.server, access: noAccess };
        assert.equal((await phone.account.meet(question)).account, 'there');
        assert.equal((await signIn(phone, place, made.passphrase)).created, false);
        const wrong = { ...question, password: 'wrong', passphrase: made.passphrase, device: 'Tablet' };
        await assert.rejects((await place.open()).account.signIn(wrong), { code: 'wrong-credentials' });
      }));

    test('a note is written, shown, moved, pinned and deleted', () =>
      withPlace(async (place) => {
        const { spaces, notes, account } = await openSignedIn(place);
        const [from, to] = [await spaces.add({ name: 'Inbox' }), await spaces.add({ name: 'Recipes' })];
        const { id } = await notes.add({ space: from.id, text: '# Soup\n\nTomatoes' });
        assert.equal((await notes.read(id))?.title, 'Soup');
        await notes.move([id], to.id);
        await notes.pin([id], true);
        assert.deepEqual(
          (await notes.pinned(to.id)).map((row) => row.id),
          [id],
        );
        assert.deepEqual((await notes.window({ space: from.id })).rows, []);
        assert.equal((await notes.search({ words: 'tomato' })).hits[0]?.note.id, id);
        await notes.remove([id]);
        assert.equal((await notes.read(id))?.deleted, true);
        assert.equal((await notes.trash()).rows[0]?.id, id);
        await account.renameDevice('Kitchen');
        assert.equal((await account.state()).device, 'Kitchen');
      }));

    test('[STO-50] [STO-52] [STO-54] a note is added once with its files, changed with them, and that taken back', () =>
      withPlace(async (place) => {
        const { spaces, notes, files } = await openSignedIn(place);
        const inbox = await spaces.add({ name: 'Inbox' });
        const { id } = await notes.add({ space: inbox.id, text: 'Shopping' });
        const seen = await requireNote(notes.read(id));
        const attach = [
          { name: 'list.txt', content: new Uint8Array([1, 2, 3]) },
          { name: 'photo.png', content: new Blob(['pixels']) },
        ];
        const edited = await notes.edit(seen, { text: 'Shopping!', attach }, { call: 'once' });
        assert.deepEqual(await notes.edit(seen, { text: 'Shopping!', attach }, { call: 'once' }), edited);
        const note = await requireNote(notes.read(id));
        assert.deepEqual(
          note.files.map((file) => [file.name, file.bytes]),
          [
            ['list.txt', 3],
            ['photo.png', 6],
          ],
        );
        const [list, photo] = note.files;
        assert.ok(list !== undefined && photo !== undefined);
        assert.deepEqual(await files.read(photo.id), new TextEncoder().encode('pixels'));
        const again = { id, space: inbox.id, text: 'Another' };
        assert.equal((await notes.add(again)).id, id);
        await notes.edit(note, { detach: [list.id] });
        const undone = await notes.revert(edited.recorded);
        const before = await requireNote(notes.read(id));
        assert.deepEqual([before.text, before.files], ['Shopping', []]);
        await notes.revert(undone);
        assert.equal((await requireNote(notes.read(id))).text, 'Shopping!');
      }));

    test('[STO-53] a draft is kept with its files, told of, and gone with the note that it becomes', () =>
      withPlace(async (place) => {
        const { spaces, notes, files, drafts, live } = await openSignedIn(place);
        const inbox = await spaces.add({ name: 'Inbox' });
        const draft = { kind: 'space', id: inbox.id } as const;
        const told: (string | null)[] = [];
        const whenTold = Promise.withResolvers<void>();
        const stop = live.draft(draft, (each) => {
          told.push(each?.text ?? null);
          if (each?.text === 'Half a wor') whenTold.resolve();
        });
        await drafts.write(draft, { text: 'Half a wor' });
        await whenTold.promise;
        stop();
        const photo = await drafts.attach(draft, { name: 'photo.png', content: new Blob(['pixels']) });
        assert.deepEqual(await files.row(photo.id), photo);
        assert.deepEqual(await files.read(photo.id, { from: 2, to: 6 }), new TextEncoder().encode('xels'));
        await drafts.write(draft, { text: 'Half a word' });
        const kept = await drafts.read(draft);
        assert.deepEqual([kept?.text, kept?.files, kept?.base], ['Half a word', [photo], []]);
        assert.deepEqual(
          (await drafts.list()).map((row) => row.place),
          [draft],
        );
        assert.deepEqual((await notes.window({ space: inbox.id })).rows, []);
        const { id } = await notes.add({ space: inbox.id, text: 'Half a word' }, { draft });
        assert.equal(await drafts.read(draft), null);
        const note = await requireNote(notes.read(id));
        assert.deepEqual([note.files, await files.row(photo.id)], [[photo], photo]);
        assert.equal(await files.row(note.id), null);
        assert.deepEqual(await files.read(photo.id), new TextEncoder().encode('pixels'));
        const edit = { kind: 'note', id } as const;
        await drafts.write(edit, { text: note.text, base: note.heads });
        await notes.edit(
          { id, heads: (await drafts.read(edit))?.base ?? [] },
          { text: note.text },
          { draft: edit },
        );
        assert.deepEqual(await drafts.list(), []);
      }));

    homeFilesContract(withPlace);

    test('notes and spaces are found by what a person types, deleted ones if they are asked for', () =>
      withPlace(async (place) => {
        const { spaces, notes, ids } = await openSignedIn(place);
        const [inbox, recipes] = [await spaces.add({ name: 'Inbox' }), await spaces.add({ name: 'Recipes' })];
        const linked = await notes.add({
          space: inbox.id,
          name: 'list.md',
          text: '[soup](../Recipes/soup.md)',
        });
        const soup = await notes.add({ space: recipes.id, name: 'soup.md', text: 'Tomatoes' });
        const [short = ''] = await ids.shorten('note', [soup.id]);
        assert.ok(soup.id.startsWith(short) && short.length >= 8);
        const target = { kind: 'note', id: soup.id };
        assert.deepEqual(await notes.links(linked.id), [
          { kind: 'link', href: '../Recipes/soup.md', target },
        ]);
        assert.deepEqual(
          (await notes.backlinks(soup.id)).map((row) => row.id),
          [linked.id],
        );
        const { linkedFrom } = await notes.window({ space: recipes.id });
        assert.deepEqual([...linkedFrom], [[soup.id, 1]]);
        await notes.pin([linked.id], true);
        assert.deepEqual(await notes.list(), [linked.id, soup.id]);
        assert.deepEqual(
          (await notes.rows([soup.id, linked.id])).map((row) => row.name),
          ['soup.md', 'list.md'],
        );
        await spaces.remove(recipes.id);
        assert.deepEqual(await ids.find(short, { kinds: ['note'] }), []);
        const [found] = await ids.find(short.toUpperCase(), { deleted: true });
        assert.deepEqual([found?.kind, found?.id, found?.deleted], ['note', soup.id, true]);
        assert.deepEqual(
          (await spaces.names()).map((space) => [space.name, space.visible]),
          [
            ['Inbox', true],
            ['Recipes', false],
          ],
        );
        assert.deepEqual((await notes.trash({ space: inbox.id })).rows, []);
        assert.equal((await notes.trash({ space: recipes.id })).rows[0]?.id, soup.id);
      }));

    test('[STO-58] [STO-59] a screen lists tags, and what it follows changes with what is written', () =>
      withPlace(async (place) => {
        const { spaces, notes, live } = await openSignedIn(place);
        const inbox = await spaces.add({ name: 'Inbox' });
        const first = await notes.add({
          space: inbox.id,
          text: '#soup of ((0190d7a1-5f6c-4d3a-9c55-0d5a0a1b2c3d))',
        });
        await notes.add({ space: inbox.id, text: 'no tag' });
        assert.deepEqual(await notes.tags(), [{ tag: 'soup', notes: 1 }]);
        const { rows } = await notes.window({ space: inbox.id, tag: 'Soup' });
        assert.deepEqual(
          rows.map((row) => row.id),
          [first.id],
        );
        const tagged = Promise.withResolvers<void>();
        const linked = Promise.withResolvers<void>();
        const stops = [
          live.tags({ space: inbox.id }, (tags) => {
            if (tags.some(({ tag }) => tag === 'cake')) tagged.resolve();
          }),
          live.notes({ space: inbox.id }, ({ linkedFrom }) => {
            if (linkedFrom.get(first.id) === 1) linked.resolve();
          }),
        ];
        await notes.add({ space: inbox.id, text: `#cake after ((${first.id}))` });
        await Promise.all([tagged.promise, linked.promise]);
        for (const stop of stops) stop();
      }));

    test('[HIS-3] [HIS-16] [STO-55] a screen shows what was, and brings back one note, a space or everything', () =>
      withPlace(async (place) => {
        const { spaces, notes, history } = await openSignedIn(place);
        const inbox = await spaces.add({ name: 'Inbox' });
        const [soup, cake] = [
          await notes.add({ space: inbox.id, text: '2 onions\n' }),
          await notes.add({ space: inbox.id, text: 'Cake\n' }),
        ];
        const { editedAt: at } = await requireNote(notes.read(cake.id));
        await afterwards(at);
        await notes.edit(await requireNote(notes.read(soup.id)), { text: '3 onions\n' });
        const [first, second] = await history.revisions(soup.id);
        assert.ok(first !== undefined && second !== undefined);
        assert.deepEqual(second.changes, [{ kind: 'text', added: 1, removed: 1 }]);
        const spans = [{ start: 0, end: 1 }];
        assert.deepEqual(await history.difference(first.id, second.id), [
          { kind: 'removed', text: '2 onions', spans },
          { kind: 'added', text: '3 onions', spans },
        ]);
        await notes.remove([cake.id]);
        await spaces.remove(inbox.id);
        assert.deepEqual(
          (await history.spacesAt(at)).map((space) => space.name),
          ['Inbox'],
        );
        const then = await history.at(at, { space: inbox.id });
        assert.deepEqual(
          then.rows.map((row) => row.beginning),
          ['2 onions\n', 'Cake\n'],
        );
        assert.equal((await history.noteAt(at, soup.id))?.text, '2 onions\n');
        assert.equal(await history.noteAt(0, soup.id), null);

        const everything = { what: 'everything', at } as const;
        const would = await history.restore(everything, { dryRun: true });
        assert.deepEqual([would.spaces.restored, would.notes.restored], [1, 2]);
        assert.equal((await notes.read(soup.id))?.deleted, true);
        const space = await history.restore({ what: 'space', id: inbox.id });
        assert.deepEqual([space.spaces.restored, space.notes.restored], [1, 1]);
        await history.restore({ what: 'notes', ids: [cake.id] });
        assert.equal((await notes.read(cake.id))?.deleted, false);
        await history.restore({ what: 'revision', kind: 'note', id: soup.id, revision: first.id });
        assert.equal((await notes.read(soup.id))?.text, '2 onions\n');
        await notes.remove([soup.id, cake.id]);
        await history.restore({ what: 'notes', ids: [soup.id], at });
        const { rows } = await notes.window({ space: inbox.id });
        assert.deepEqual(
          rows.map((row) => row.id),
          [soup.id],
        );
        const progress: number[] = [];
        await history.restore(everything, { onProgress: ({ done }) => progress.push(done) });
        assert.ok(progress.length > 0);
        assert.equal((await notes.window({ space: inbox.id })).rows.length, 2);
        await assert.rejects(history.restore(everything, { signal: AbortSignal.abort(new Error('enough')) }));
      }));

    test('[IMP-4] files that a person has chosen become notes, once', () =>
      withPlace(async (place) => {
        const { spaces, notes, folders } = await openSignedIn(place);
        const files = [
          { path: 'soup.md', content: new Blob(['# Soup']) },
          { path: 'cakes/plain.md', content: new Blob(['# Cake']) },
          { path: 'cakes/photo.png', content: new Blob(['pixels']) },
        ];
        const source = { kind: 'files', name: 'Recipes', files } as const;
        const report = await folders.importFrom(source);
        assert.deepEqual([report.spaces.added, report.notes.added, report.complete], [2, 2, true]);
        const rows = await spaces.list();
        const cakes = rows.find((space) => space.folder === 'cakes');
        assert.ok(cakes !== undefined);
        const shown = (await notes.window({ space: cakes.id })).rows.map((row) => row.name);
        assert.deepEqual(shown.toSorted(), ['photo.png', 'plain.md']);
        const again = await folders.importFrom(source);
        assert.deepEqual([again.notes.added, again.notes.changed, again.notes.unchanged], [0, 0, 2]);
        const twice = { ...source, files: [...files, { path: '../soup.md', content: new Blob([]) }] };
        await assert.rejects(folders.importFrom(twice), { code: 'invalid' });
      }));

    test('[STO-30] an edit of what a person saw is merged with what was written since', () =>
      withPlace(async (place) => {
        const { spaces, notes } = await openSignedIn(place);
        const space = await spaces.add({ name: 'Inbox' });
        const { id } = await notes.add({ space: space.id, text: 'one\ntwo\nthree\n' });
        const seen = await requireNote(notes.read(id));
        await notes.edit(seen, { text: 'one\ntwo\n3\n' });
        await notes.edit(seen, { text: '1\ntwo\nthree\n' });
        assert.equal((await notes.read(id))?.text, '1\ntwo\n3\n');
      }));

    test('[STO-45] a live query tells what changes, and nothing after it was stopped', () =>
      withPlace(async (place) => {
        const { spaces, notes, live } = await openSignedIn(place);
        const space = await spaces.add({ name: 'Inbox' });
        const window = follow(live.notes.bind(live, { space: space.id }));
        await window.until(({ rows }) => rows.length === 0);
        const { id } = await notes.add({ space: space.id, text: 'one' });
        const note = follow(live.note.bind(live, id));
        await window.until(({ rows }) => rows[0]?.beginning === 'one');
        await notes.edit(await requireNote(notes.read(id)), { text: 'two' });
        await note.until((shown) => shown?.text === 'two');
        await window.until(({ rows }) => rows[0]?.beginning === 'two');
        const list = follow(live.spaces);
        await list.until((rows) => rows[0]?.unread === 0 || rows[0]?.notes === 1);
        const told = note.told();
        note.stop();
        await notes.remove([id]);
        await window.until(({ rows }) => rows.length === 0);
        assert.equal(note.told(), told);
      }));

    test('[STO-45] a query that cannot be answered tells its error', () =>
      withPlace(async (place) => {
        const { live } = await place.open();
        const failed = Promise.withResolvers<unknown>();
        const nowhere = { space: 'no id' as EntityId }; // What a caller gets wrong.
        const stop = live.notes(nowhere, () => undefined, failed.resolve);
        assert.ok((await failed.promise) instanceof Error);
        stop();
      }));

    test('two devices that were started show each other what is written', () =>
      withPlace(async (place) => {
        const laptop = await place.open();
        const { passphrase } = await signIn(laptop, place, null);
        const phone = await place.open();
        await phone.start();
        await signIn(phone, place, passphrase);
        const shown = follow(phone.live.spaces);
        await laptop.start();
        const space = await laptop.spaces.add({ name: 'Inbox' });
        await shown.until((rows) => rows[0]?.id === space.id);
        await laptop.notes.add({ space: space.id, text: 'hello there' });
        const [row] = await shown.until((rows) => rows[0]?.notes === 1);
        assert.equal(row?.last?.beginning, 'hello there');
        const status = await follow(laptop.live.status).until((told) => told.pendingOperations === 0);
        assert.equal(status.connection, 'online');
        const search = follow(phone.live.search.bind(phone.live, { words: 'there' }));
        await search.until(({ hits }) => hits.length === 1);
      }));

    test('[SYN-25] a sign-out ends the automatic sync, and a sign-in begins it again', () =>
      withPlace(async (place) => {
        const home = await place.open();
        await home.start();
        const status = follow(home.live.status);
        await status.until(({ connection, state }) => connection === 'off' && state === 'signed-out');
        const { passphrase } = await signIn(home, place, null);
        await status.until(({ connection }) => connection === 'online');
        await home.account.signOut();
        await status.until(({ connection, state }) => connection === 'off' && state === 'signed-out');
        await assert.rejects(home.spaces.add({ name: 'Inbox' }), { code: 'not-signed-in' });
        await signIn(home, place, passphrase);
        await status.until(({ connection }) => connection === 'online');
      }));

    test('[SYN-25] a home that is erased while it syncs and is looked at ends both, and tells nothing more', () =>
      withPlace(async (place) => {
        const home = await openSignedIn(place);
        await home.start();
        const status = follow(home.live.status);
        await status.until(({ connection }) => connection === 'online');
        const spaces = follow(home.live.spaces);
        await home.spaces.add({ name: 'Inbox' });
        await spaces.until((rows) => rows.length === 1);
        await home.account.signOut({ erase: true });
        const [toldStatus, toldSpaces] = [status.told(), spaces.told()];
        await assert.rejects(home.sync.run(), { code: 'not-signed-in' });
        assert.equal((await home.account.state()).signedIn, false);
        await home.close();
        const [laterStatus, laterSpaces] = [status.since(toldStatus), spaces.since(toldSpaces)];
        if (place.opensAnew !== true) assert.deepEqual([laterStatus, laterSpaces], [[], []]);
        assert.ok(laterStatus.every(({ state }) => state === 'signed-out'));
        assert.deepEqual(laterSpaces.flat(), []);
      }));

    test('[SYN-25] a home that was closed tells nothing and refuses everything', () =>
      withPlace(async (place) => {
        const home = await openSignedIn(place);
        await home.start();
        const spaces = follow(home.live.spaces);
        await spaces.until((rows) => rows.length === 0);
        await home.spaces.add({ name: 'Inbox' });
        await home.close();
        const told = spaces.told();
        await assert.rejects(home.spaces.list(), { code: 'storage-unusable' });
        await assert.rejects(home.sync.run(), { code: 'storage-unusable' });
        assert.equal(spaces.told(), told);
        await home.close();
      }));
  });
}

/** When what is done next is stamped later. */
async function afterwards(at: number): Promise<void> {
  while (Date.now() <= at) await new Promise((resolve) => setImmediate(resolve));
}

interface Followed<Answer> {
  /** Resolves with the newest answer, or the first one from now on that fits. */
  until(fits: (answer: Answer) => boolean): Promise<Answer>;
  /** How often an answer was told. */
  told(): number;
  /** What was told after so many answers. */
  since(told: number): readonly Answer[];
  readonly stop: Stop;
}

function follow<Answer>(query: (listener: (answer: Answer) => void) => Stop): Followed<Answer> {
  const answers: Answer[] = [];
  let look = (): void => undefined;
  const stop = query((answer) => {
    answers.push(answer);
    look();
  });
  return {
    until: (fits) =>
      new Promise((resolve) => {
        look = () => {
          const newest = answers.at(-1);
          if (answers.length > 0 && fits(newest as Answer)) resolve(newest as Answer); // There is one.
        };
        look();
      }),
    told: () => answers.length,
    since: (told) => answers.slice(told),
    stop,
  };
}
