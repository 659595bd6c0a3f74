import type { StoredChunk } from '../chunks/chunk-store.ts';

/** A chunk as each of two lists has it, at least one of them. */
export interface JoinedChunk {
  readonly left: StoredChunk | null;
  readonly right: StoredChunk | null;
}

/** Goes through two lists in the order of names side by side. */
export async function* joinByName(
  left: AsyncIterator<StoredChunk, void>,
  right: AsyncIterator<StoredChunk, void>,
): AsyncGenerator<JoinedChunk, void> {
  const next = async (list: AsyncIterator<StoredChunk, void>) => {
    const { done, value } = await list.next();
    return done === true ? null : (value ?? null);
  };
  let [first, second] = [await next(left), await next(right)];
  while (first !== null || second !== null) {
    const isLeft = first !== null && (second === null || first.name <= second.name);
    const isRight = second !== null && (first === null || second.name <= first.name);
    yield { left: isLeft ? first : null, right: isRight ? second : null };
    if (isLeft) first = await next(left);
    if (isRight) second = await next(right);
  }
}
