import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EntityId } from '@dataans/core';
import type { Home } from '../../home/home.ts';
import { callRemote } from '../../remote/call-remote.ts';
import { createRelay } from '../../remote/create-relay.ts';
import type { Call } from '../../remote/messages.ts';
import type { Port } from '../../remote/port.ts';
import { nameWrites } from './name-writes.ts';

const shape = { subscriptions: ['live'], once: [] };
// What the home would check is not asked here.
const [note, space] = ['a note', 'a space'] as EntityId[] as [EntityId, EntityId];

/** Hears calls, and never answers. */
function createListener() {
  const calls: Call[] = [];
  const port: Port = {
    post: (message) => {
      if (message.kind === 'call') calls.push(message);
    },
    listen: () => () => undefined,
  };
  return { port, calls };
}

function createPage() {
  let ids = 0;
  const nextId = (): string => `id ${(ids += 1)}`;
  const relay = createRelay(shape);
  const { served } = callRemote<Home>(relay, shape, nameWrites(nextId));
  return { relay, home: served };
}

test('[BRW-9] every write bears a name of its own, also where no options were given', () => {
  const { relay, home } = createPage();
  const { port, calls } = createListener();
  relay.use(port);
  const writes = [
    () => home.spaces.add({ name: 'Inbox' }),
    () => home.notes.add({ space, text: 'one' }),
    () => home.notes.edit({ id: note, heads: [] }, { text: 'two' }),
    () => home.notes.move([note], space),
    () => home.notes.pin([note], true),
    () => home.notes.remove([note]),
    () => home.notes.revert({ operations: [] }),
  ];
  for (const write of writes) void write();
  const names = calls.map(({ parameters }) => JSON.stringify(parameters.at(-1)));
  assert.ok(names.every((name) => /"(id|call)":"id \d"/.test(name)));
  assert.equal(new Set(names).size, writes.length);
  assert.deepEqual(calls[1]?.parameters[0], { id: 'id 2', space, text: 'one' });
});

test('[BRW-9] a name that the caller gave stays, and a write that is asked again bears the same one', () => {
  const { relay, home } = createPage();
  const [first, second] = [createListener(), createListener()];
  relay.use(first.port);
  void home.notes.add({ space, text: 'one' }, { call: 'mine' });
  void home.notes.remove([note]);
  void home.notes.read(note);
  relay.use(null);
  relay.use(second.port);
  assert.deepEqual(second.calls, first.calls);
  assert.deepEqual(
    second.calls.map(({ parameters }) => parameters.at(-1)),
    [{ call: 'mine' }, { call: 'id 3' }, note],
  );
});
