/** What names can be like where an export is written. */
export interface PathRules {
  /** Windows, and file systems made for it, forbid more characters and names than others do. */
  readonly names: 'posix' | 'windows';
  /** `Tar.md` and `tar.md` are one file there. */
  readonly foldsCase: boolean;
  /** The composed and the decomposed spelling of `й` are one file there. */
  readonly foldsNormalization: boolean;
  /** Longest path below the target, in UTF-8 bytes. */
  readonly pathBytesMax: number;
}

/** Longest name of a file or folder, in UTF-8 bytes: what common file systems allow. */
export const fileNameBytesMax = 255;
