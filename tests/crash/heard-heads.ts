import { paths, type HeadMessage } from '@dataans/core';

/** What a server tells of its head to who listens. */
export interface HeardHeads {
  /** Waits until it has told of this head or a later one; `false` if it ended before. */
  hasHeard(head: number): Promise<boolean>;
  stop(): void;
}

export async function listenForHeads(address: string): Promise<HeardHeads> {
  const ending = new AbortController();
  const answer = await fetch(address + paths.events, { signal: ending.signal });
  let newest = -1;
  let isOver = false;
  const waiting = new Set<() => void>();
  const read = async (): Promise<void> => {
    for await (const line of linesOf(answer)) {
      if (!line.startsWith('data: ')) continue;
      // The server's own tests hold its answers to their shapes.
      newest = (JSON.parse(line.slice('data: '.length)) as HeadMessage).head;
      for (const look of waiting) look();
    }
  };
  void read()
    .catch(() => undefined)
    .finally(() => {
      isOver = true;
      for (const look of waiting) look();
    });
  return {
    hasHeard: (head) => {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const look = (): void => {
        if (newest >= head || isOver) resolve(newest >= head);
      };
      waiting.add(look);
      look();
      return promise.finally(() => waiting.delete(look));
    },
    stop: () => ending.abort(),
  };
}

async function* linesOf({ body }: Response): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
