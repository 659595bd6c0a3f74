interface Place {
  readonly seq: number;
  readonly chain: Uint8Array;
}

/** The chains of the places behind `after`, up to the first that is missing. */
export function readUnbroken(after: number, places: readonly Place[]): readonly Uint8Array[] {
  const gap = places.findIndex(({ seq }, index) => seq !== after + 1 + index);
  return places.slice(0, gap === -1 ? places.length : gap).map(({ chain }) => chain);
}
