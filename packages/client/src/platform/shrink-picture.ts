/** How small a picture is drawn. */
export interface ShrunkSize {
  /** Pixels of its longer side; it is never drawn larger than it is. */
  readonly sideMax: number;
  /** From 0 to 1, of a format that leaves something out. */
  readonly quality: number;
}

/** Draws a picture smaller, in a format that every browser shows. Rejects if what it is given is none. */
export type ShrinkPicture = (picture: Blob, size: ShrunkSize) => Promise<Blob>;
