import { join } from 'node:path';
import type { DataansError } from '@dataans/core';
import type { HomePlatform } from '../home/home-platform.ts';
import type { Clock } from '../platform/clock.ts';
import type { Randomness } from '../platform/randomness.ts';
import type { Transport } from '../platform/transport.ts';
import { createChunkFolder } from './chunk-folder.ts';
import type { Environment } from './child-environment.ts';
import { createSystemClock } from './clock.ts';
import { readCloudflaredToken } from './cloudflared.ts';
import { eraseHome } from './erase-home.ts';
import { openFolderSource } from './folder-source.ts';
import { openFolderTarget } from './folder-target.ts';
import { createHoldLock } from './hold-lock.ts';
import { createHomeStore } from './home-store.ts';
import { createKeptSignIn } from './kept-sign-in.ts';
import { measureStorage } from './measure-storage.ts';
import { pollOthers } from './poll-others.ts';
import { createNodePrimitives } from './primitives.ts';
import { requireOwnHome } from './require-own-home.ts';
import { createSyncLock } from './sync-lock.ts';
import { createNodeTransport } from './transport.ts';

/** Where a home in Node is, and what it works with. */
export interface HomeOptions {
  /** The app data directory; made, for its owner only, when something is first kept in it. */
  readonly directory: string;
  readonly clock?: Clock;
  readonly randomness?: Randomness;
  readonly transport?: Transport;
  /**
   * What names proxies, and what `cloudflared` is found and run with. Default: nothing, which is no proxy, and
   * finds that program in the usual places only.
   */
  readonly environment?: Environment;
  /**
   * Told once if the home cannot be written: then it can be read, and what would change it throws the reason.
   * Default: such a home is not opened.
   */
  readonly onReadOnly?: (reason: DataansError) => void;
  /** What a person types to sign in to a server. Default: nothing is named. */
  readonly signInCommand?: (server: string) => string;
}

/** A directory as the place of a home. Opens nothing yet: what a program does not need is not touched. */
export function createNodePlatform(options: HomeOptions): HomePlatform {
  const { directory, environment = {}, onReadOnly, signInCommand } = options;
  const clock = options.clock ?? createSystemClock();
  const primitives = createNodePrimitives();
  const kept = createKeptSignIn(directory, primitives);
  const store = createHomeStore({
    directory,
    primitives,
    onReadOnly,
    signInCommand: () => signInCommand?.(kept.profile()?.server ?? 'URL') ?? null,
  });
  return {
    primitives,
    clock,
    randomness: options.randomness ?? Math.random,
    transport: options.transport ?? createNodeTransport(environment),
    chunks: createChunkFolder(join(directory, 'chunks')),
    lock: createSyncLock(join(directory, 'sync.lock.sqlite'), clock),
    sendLock: createSyncLock(join(directory, 'send.lock.sqlite'), clock),
    fetchLock: createSyncLock(join(directory, 'fetch.lock.sqlite'), clock),
    holdLock: createHoldLock(join(directory, 'hold.lock.sqlite'), clock),
    defaultPolicy: 'all',
    kept,
    requireOwn: () => {
      requireOwnHome(directory);
    },
    openStore: store.open,
    openOrMakeStore: store.openOrMake,
    isStoreMissing: store.isMissing,
    isStoreLost: store.isLost,
    closeStore: store.close,
    erase: () => eraseHome(directory, 'everything'),
    storageUse: () => measureStorage(directory),
    close: () => undefined,
    followOthers: pollOthers(clock),
    openSource: (path) => openFolderSource(path, directory),
    openTarget: (path) => openFolderTarget(path, directory),
    ...(signInCommand === undefined ? {} : { signInCommand }),
    readHeldToken: (server, signal) => readCloudflaredToken(server, environment, signal),
  };
}
