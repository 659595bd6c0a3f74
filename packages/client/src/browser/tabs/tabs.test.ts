import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataansError } from '@dataans/core';
import type { Leader } from '../page/tab.ts';
import { createTabWorld, type TestTab } from '../../testing/tab-world.ts';

function until({ tab }: TestTab, leader: Leader): Promise<void> {
  return new Promise((resolve) => {
    const stop = tab.onLeader(look);
    look();
    function look(): void {
      if (tab.leader() !== leader) return;
      stop();
      resolve();
    }
  });
}

test('[BRW-2] the first tab leads, and a second one works through it', async (t) => {
  const { openTab } = createTabWorld(t);
  const first = openTab();
  assert.deepEqual(await first.served.words.add('one'), ['one']);
  const second = openTab();
  assert.deepEqual(await second.served.words.add('two'), ['one', 'two']);
  assert.deepEqual([first.tab.leader(), second.tab.leader()], ['this', 'other']);
  assert.equal(await first.served.words.who(), await second.served.words.who());
});

test('[BRW-2] a subscription of a second tab is told what the first one writes', async (t) => {
  const { openTab } = createTabWorld(t);
  const [first, second] = [openTab(), openTab()];
  const told = Promise.withResolvers<readonly string[]>();
  second.served.live.words((words) => {
    if (words.includes('one')) told.resolve(words);
  });
  await first.served.words.add('one');
  assert.deepEqual(await told.promise, ['one']);
});

test('[BRW-9] a write that was under way when the leading tab was killed happens once', async (t) => {
  const { openTab, disk } = createTabWorld(t);
  const first = openTab();
  await until(first, 'this');
  const second = openTab();
  await until(second, 'other');
  const written = Promise.withResolvers<void>();
  disk.listeners.add(written.resolve);
  const adding = second.served.words.addSlowly('one');
  await written.promise;
  first.kill();
  disk.slow.resolve();
  assert.equal(await adding, 'one');
  assert.equal(second.tab.leader(), 'this');
  assert.deepEqual(disk.words, ['one']);
});

test('[BRW-9] a tab that is closed lets the next one lead, and subscriptions go on there', async (t) => {
  const { openTab } = createTabWorld(t);
  const [first, second, third] = [openTab(), openTab(), openTab()];
  await Promise.all([until(first, 'this'), until(second, 'other'), until(third, 'other')]);
  const told = Promise.withResolvers<void>();
  third.served.live.words((words) => {
    if (words.includes('late')) told.resolve();
  });
  await first.tab.close();
  await until(second, 'this');
  await second.served.words.add('late');
  await told.promise;
});

test('[BRW-9] a page that comes back from where the browser keeps pages is served again', async (t) => {
  const { openTab } = createTabWorld(t);
  const [first, second] = [openTab(), openTab()];
  await Promise.all([until(first, 'this'), until(second, 'other')]);
  first.tab.leave();
  const adding = first.served.words.add('kept until then');
  await until(second, 'this');
  first.tab.comeBack();
  assert.deepEqual(await adding, ['kept until then']);
  assert.equal(first.tab.leader(), 'other');
});

test('[BRW-9] one who leads stops telling a tab that is gone', async (t) => {
  const { openTab, disk } = createTabWorld(t);
  const [first, second] = [openTab(), openTab()];
  await until(first, 'this');
  second.served.live.words(() => undefined);
  await second.served.words.add('one');
  assert.equal(disk.listeners.size, 1);
  second.kill();
  while (disk.listeners.size > 0) await first.served.words.add('two');
});

test('[BRW-10] “use here” makes this tab lead, and the former one works through it', async (t) => {
  const { openTab } = createTabWorld(t);
  const [first, second] = [openTab(), openTab()];
  await Promise.all([until(first, 'this'), until(second, 'other')]);
  const before = await second.served.words.who();
  await second.tab.useHere();
  assert.equal(second.tab.leader(), 'this');
  assert.notEqual(await second.served.words.who(), before);
  await until(first, 'other');
  assert.deepEqual(await first.served.words.add('one'), ['one']);
});

test('[BRW-10] one who leads and hangs is said to be asleep, and is relieved', async (t) => {
  const { openTab, clock } = createTabWorld(t);
  const [first, second] = [openTab(), openTab()];
  await Promise.all([until(first, 'this'), until(second, 'other')]);
  first.hang();
  const adding = second.served.words.add('one');
  await clock.end(3_000);
  await until(second, 'asleep');
  const using = second.tab.useHere();
  await clock.end(1_500); // Its page ends the worker that hangs.
  await using;
  assert.deepEqual(await adding, ['one']);
  assert.equal(second.tab.leader(), 'this');
  await until(first, 'other');
  assert.deepEqual(await first.served.words.add('two'), ['one', 'two']);
});

test('[BRW-10] one who takes long for an answer, but says that it is there, is not said to be asleep', async (t) => {
  const { openTab, clock, disk } = createTabWorld(t);
  const [first, second] = [openTab(), openTab()];
  await Promise.all([until(first, 'this'), until(second, 'other')]);
  const adding = second.served.words.addSlowly('one');
  await second.served.words.who(); // So it has answered the question whether it is there, too.
  await clock.end(3_000);
  assert.equal(second.tab.leader(), 'other');
  disk.slow.resolve();
  assert.equal(await adding, 'one');
});

test('[BRW-10] a tab that is opened while the one that leads hangs says so too', async (t) => {
  const { openTab, clock } = createTabWorld(t);
  const first = openTab();
  await until(first, 'this');
  first.hang();
  const second = openTab();
  const adding = second.served.words.add('one');
  await clock.end(3_000);
  await until(second, 'asleep');
  const using = second.tab.useHere();
  await clock.end(1_500);
  await using;
  assert.deepEqual(await adding, ['one']);
});

test('[BRW-10] a tab whose own worker is slow to begin does not say that another one sleeps', async (t) => {
  const { openTab, clock } = createTabWorld(t);
  const only = openTab();
  only.hang();
  const told: Leader[] = [];
  only.tab.onLeader((leader) => told.push(leader));
  void only.served.words.add('one').catch(() => undefined); // It is closed first.
  await clock.end(3_000);
  await clock.end(3_000); // So it has decided after the first one.
  assert.deepEqual(told, []);
});

test('[BRW-11] a tab of a newer program takes over, and the older one is told to reload', async (t) => {
  const { openTab } = createTabWorld(t);
  const older = openTab(1);
  await until(older, 'this');
  const newer = openTab(2);
  await until(newer, 'this');
  await until(older, 'newer');
  await assert.rejects(older.served.words.add('one'), {
    code: 'storage-unusable',
    reason: 'newer-version',
    advice: /Reload/,
  });
  await assert.rejects(older.tab.useHere(), { code: 'storage-unusable' });
  assert.deepEqual(await newer.served.words.add('two'), ['two']);
});

test('[BRW-7] after an erase all tabs see an empty home', async (t) => {
  const { openTab } = createTabWorld(t);
  const [first, second] = [openTab(), openTab()];
  await Promise.all([until(first, 'this'), until(second, 'other')]);
  await second.served.words.add('one');
  const told = Promise.withResolvers<void>();
  let last: readonly string[] = [];
  second.served.live.words((words) => {
    if (last.length > 0 && words.length === 0) told.resolve();
    last = words;
  });
  await second.served.account.signOut({ erase: true });
  await told.promise;
  assert.deepEqual(await second.served.words.add('new'), ['new']);
});

test('a home that cannot be opened fails the calls that wait for it, until another attempt succeeds', async (t) => {
  const { openTab, disk, clock } = createTabWorld(t);
  disk.fault = new DataansError('storage-unusable', 'This browser offers no place for notes.');
  const first = openTab();
  await assert.rejects(first.served.words.add('one'), { code: 'storage-unusable' });
  const useHere = () => Promise.all([first.tab.useHere(), clock.end(3_000)]); // Nobody lets go.
  await assert.rejects(useHere(), { code: 'storage-unusable' });
  disk.fault = null;
  await useHere();
  assert.deepEqual(await first.served.words.add('one'), ['one']);
});
