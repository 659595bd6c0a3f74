/** Results in the order of the items, with at most that many in the making: memory stays bounded. */
export async function* mapInOrder<Item, Result>(
  items: Iterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const started: Promise<Result>[] = [];
  try {
    for (const item of items) {
      const task = work(item);
      task.catch(() => undefined); // Thrown where it is waited for.
      started.push(task);
      const oldest = started.length < atOnce ? undefined : started.shift();
      if (oldest !== undefined) yield await oldest;
    }
    for (let next = started.shift(); next !== undefined; next = started.shift()) yield await next;
  } finally {
    await Promise.allSettled(started);
  }
}
