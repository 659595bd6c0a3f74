/**
 * The same bytes in pieces of exactly `pieceBytes`, the last one shorter. A piece that comes in the
 * right size is handed on as it is.
 */
export async function* cutPieces(
  source: AsyncIterable<Uint8Array>,
  pieceBytes: number,
): AsyncGenerator<Uint8Array> {
  let piece = new Uint8Array();
  let filled = 0;
  for await (const part of source) {
    let rest = part;
    while (rest.length > 0) {
      if (filled === 0 && rest.length >= pieceBytes) {
        yield rest.subarray(0, pieceBytes);
        rest = rest.subarray(pieceBytes);
        continue;
      }
      if (filled === 0) piece = new Uint8Array(pieceBytes);
      const taken = Math.min(pieceBytes - filled, rest.length);
      piece.set(rest.subarray(0, taken), filled);
      filled += taken;
      rest = rest.subarray(taken);
      if (filled < pieceBytes) continue;
      yield piece;
      filled = 0;
    }
  }
  if (filled > 0) yield piece.subarray(0, filled);
}
