import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Home } from '@dataans/client';
import type { Leader, Tab } from '@dataans/client/web';
import { DataansError } from '@dataans/core';
import { createAppState } from './app-state.ts';

const busy = new DataansError('busy', 'The notes are locked.');

function createTab(useHere: Tab['useHere'], leader: Leader): Tab {
  return { leader: () => leader, onLeader: () => () => undefined, useHere };
}

function createState(tab: Tab) {
  const nothing = { load: async () => undefined, resume: () => undefined, forget: () => undefined };
  const home = {} as Home; // Nothing of it is asked here.
  const lastScreen = { ...nothing, screen: null };
  const onError = (): void => undefined;
  return createAppState({
    home,
    tab,
    drafts: nothing,
    draftFiles: nothing,
    sentNotes: nothing,
    lastScreen,
    onError,
  });
}

test('[BRW-10] notes that a window keeps that sleeps too deeply can be asked for again', async () => {
  const state = createState(createTab(async () => Promise.reject(busy), 'none'));
  await assert.rejects(state.useHere(), busy);
  assert.equal(state.leader.value, 'asleep');
});

test('[BRW-11] notes that a newer program has open are no matter of waiting', async () => {
  const state = createState(createTab(async () => Promise.reject(busy), 'newer'));
  await assert.rejects(state.useHere(), busy);
  assert.equal(state.leader.value, 'newer');
});
