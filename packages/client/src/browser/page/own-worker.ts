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

/** The worker of this page, which leads when its turn comes. Another takes the place of one that hangs. */
export interface OwnWorker extends Post<OwnWorkerMessage, OwnPageMessage> {
  /** Of the one that works now. */
  id(): string;
  restart(): void;
  terminate(): void;
}

export interface OwnWorkerOptions {
  /** Names the home. */
  readonly name: string;
  readonly version: number;
  readonly randomId: () => string;
  readonly startWorker: () => WorkerTarget;
  /** Nobody else leads, and the home is being opened. */
  readonly onTurn: () => void;
  readonly onFailed: (error: CarriedError) => void;
}

export function startOwnWorker(options: OwnWorkerOptions): OwnWorker {
  const start = (): StartedWorker => {
    const id = options.randomId();
    return startOne(options, id, () => current.id === id);
  };
  let current = start();
  const terminate = (): void => {
    current.terminate();
  };
  return {
    id: () => current.id,
    post: (message, transfer) => {
      current.post(message, transfer);
    },
    listen: (listener) => current.listen(listener),
    restart: () => {
      terminate();
      current = start();
    },
    terminate,
  };
}

interface StartedWorker extends Post<OwnWorkerMessage, OwnPageMessage> {
  readonly id: string;
  terminate(): void;
}

function startOne(
  { name, version, startWorker, onTurn, onFailed }: OwnWorkerOptions,
  id: string,
  isCurrent: () => boolean,
): StartedWorker {
  const worker = startWorker();
  const post = createPost<OwnWorkerMessage, OwnPageMessage>(worker);
  const fail = (error: CarriedError): void => {
    if (isCurrent()) onFailed(error);
  };
  worker.addEventListener('error', ({ message }) => {
    fail(carryError(new DataansError('storage-unusable', `The notes could not be opened. ${message}`)));
  });
  post.listen((message) => {
    if (message.kind === 'opening' && isCurrent()) onTurn();
    if (message.kind === 'failed') fail(message.error);
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
