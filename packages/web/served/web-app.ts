/** A file of the app, as it was built. */
export interface AppFile {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** The same, compressed when the app was built; absent if that makes it no smaller. */
  readonly brotli?: Uint8Array;
  readonly gzip?: Uint8Array;
  readonly tag: string;
}

/** The built app: files by their path below `/app/`. */
export interface WebApp {
  readonly files: ReadonlyMap<string, AppFile>;
  /** SHA-256 over all files: two servers with one hash serve the same app. */
  readonly hash: string;
}

/** The one page, whatever the address. */
export const shellName = 'index.html';
