import { DataansError } from '@dataans/core';
import { carryError, type CarriedError } from '../../remote/carried-error.ts';
import { createPost, type MessageTarget, type Post } from '../tabs/post.ts';
import type { OwnPageMessage, OwnWorkerMessage } from '../tabs/tab-messages.ts';

/** A dedicated worker, as the browser gives it. */
export interface WorkerTarget extends MessageTarget {
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
  addEventListener(type: 'error', listener: (event: { readonly message: string }) => void): void;
  terminate(): void;
}

/** The worker of this page, which leads when its turn comes. */
export interface OwnWorker extends Post<OwnWorkerMessage, OwnPageMessage> {
  readonly id: string;
  terminate(): void;
}

export interface OwnWorkerOptions {
  /** Names the home. */
  readonly name: string;
  readonly version: number;
  readonly id: string;
  readonly start: () => WorkerTarget;
  /** Nobody else leads, and the home is being opened. */
  readonly onTurn: () => void;
  readonly onFailed: (error: CarriedError) => void;
}

export function startOwnWorker({ name, version, id, start, onTurn, onFailed }: OwnWorkerOptions): OwnWorker {
  const worker = start();
  const post = createPost<OwnWorkerMessage, OwnPageMessage>(worker);
  worker.addEventListener('error', ({ message }) => {
    onFailed(carryError(new DataansError('storage-unusable', `The notes could not be opened. ${message}`)));
  });
  post.listen((message) => {
    if (message.kind === 'opening') onTurn();
    if (message.kind === 'failed') onFailed(message.error);
  });
  post.post({ kind: 'begin', name, worker: id, version });
  return {
    ...post,
    id,
    terminate: () => {
      worker.terminate();
    },
  };
}
