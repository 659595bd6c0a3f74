/** Small pictures of contents, kept on this device alone: what was not looked at for the longest goes first. // FIL-13 */
export interface Thumbnails {
  /** @param content what tells it from every other one */
  read(content: Uint8Array, nowMs: number): Uint8Array | null;
  write(content: Uint8Array, picture: Uint8Array, nowMs: number): void;
}
