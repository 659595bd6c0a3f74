/** Enough that the cost of a transaction is shared, few enough that memory stays small and progress shows. */
export const batchItemsMax = 500;
export const batchBytesMax = 4_000_000;

/** The items in groups to be recorded together. */
export async function* inBatches<Item>(
  items: AsyncIterable<Item>,
  sizeOf: (item: Item) => number,
): AsyncGenerator<readonly Item[]> {
  let batch: Item[] = [];
  let bytes = 0;
  for await (const item of items) {
    batch.push(item);
    bytes += sizeOf(item);
    if (batch.length < batchItemsMax && bytes < batchBytesMax) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}
