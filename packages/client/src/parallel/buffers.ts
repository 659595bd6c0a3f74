/** Buffers of one size that are used again: memory made anew for each chunk keeps the garbage collector busy. */
export interface Buffers {
  /** The buffer is for the work alone until that ends. One whose work failed may still be read: it is let go. */
  use<Result>(work: (buffer: Uint8Array) => Promise<Result>): Promise<Result>;
}

export function createBuffers(bytes: number): Buffers {
  const free: Uint8Array[] = [];
  return {
    use: async (work) => {
      const buffer = free.pop() ?? new Uint8Array(bytes);
      const result = await work(buffer);
      free.push(buffer);
      return result;
    },
  };
}
