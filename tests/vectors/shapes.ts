/** What the vector files hold. Byte strings are lower-case hexadecimal; `title` says what a case is about. */
export interface VectorFile<Valid, Refused> {
  /** What the file is about, and how its values were made where another program made them. */
  readonly about: readonly string[];
  readonly valid: readonly (Valid & { readonly title: string })[];
  /** Exactly one fault each; `expect` names the stage that must refuse it. */
  readonly refused: readonly (Refused & { readonly title: string; readonly expect: string })[];
}

export interface SecretKey {
  readonly id: string;
  readonly secret: string;
}

export interface PlainKeyring {
  readonly current: string;
  readonly keys: readonly SecretKey[];
}

/** A mac shows a key that a program may not read. */
export interface DerivedKey {
  readonly purpose: string;
  readonly key: string;
  /** HMAC-SHA-256 of the text `dataans` under the key. */
  readonly mac: string;
}

export interface KeyDerivation {
  readonly password: string;
  readonly passphrase: string;
  readonly iterations: number;
  readonly rootKey: string;
  readonly derived: readonly DerivedKey[];
}

export interface DataKeyDerivation {
  readonly secret: string;
  readonly derived: readonly DerivedKey[];
}

export type KeyDerivationFile = VectorFile<KeyDerivation, object> & {
  readonly dataKeys: readonly (DataKeyDerivation & { readonly title: string })[];
};

export type KeyringFile = VectorFile<
  { readonly encoded: string; readonly keyring: PlainKeyring },
  { readonly encoded: string }
>;

export interface AccountOpening {
  readonly password: string;
  readonly passphrase: string;
  readonly record: unknown;
}
export type AccountFile = VectorFile<
  AccountOpening & { readonly nonce: string; readonly keyring: PlainKeyring; readonly revision: number },
  AccountOpening
> & {
  readonly unproven: readonly {
    readonly title: string;
    readonly keyring: PlainKeyring;
    readonly record: unknown;
  }[];
};

export type EnvelopeFile = VectorFile<
  {
    readonly id: string;
    readonly key: string;
    readonly nonce: string;
    readonly encoded: string;
    readonly envelope: string;
  },
  { readonly id: string; readonly envelope: string }
> & { readonly keyring: PlainKeyring };

/** Its content is `byte` so many times as it has: full pieces are too long to be written out. */
export interface Piece {
  readonly byte: number;
  readonly fileBytes: number;
  readonly index: number;
}
/** How a file of this size is cut; `padding` are the numbers of the pieces that hold none of its content. */
export interface FileLayout {
  readonly fileBytes: number;
  readonly pieces: number;
  readonly lastPieceBytes: number;
  readonly padding: readonly number[];
}
export interface PaddingPiece {
  readonly title: string;
  readonly contentNames: readonly string[];
  readonly fileBytes: number;
  readonly index: number;
  readonly bytes: number;
  /** Its first 32 bytes; zeros follow. */
  readonly start: string;
}
export type ChunkFile = VectorFile<
  {
    readonly piece: Piece;
    readonly name: string;
    readonly sealedBytes: number;
    readonly sealedStart: string;
  },
  { readonly fileBytes: number; readonly sealed: string }
> & {
  readonly keyring: PlainKeyring;
  readonly layouts: readonly FileLayout[];
  readonly paddingPieces: readonly PaddingPiece[];
};

export type PaddingFile = VectorFile<
  { readonly content: string; readonly padded: string },
  { readonly padded: string }
> & { readonly sizes: readonly { readonly length: number; readonly size: number }[] };

export type OperationFile = VectorFile<
  { readonly encoded: string; readonly read: string },
  { readonly encoded: string }
>;

export interface PlainRevision {
  readonly id: string;
  readonly operation: unknown;
}
export interface MergeCase {
  readonly revisions: readonly PlainRevision[];
  readonly state: {
    readonly heads: readonly string[];
    readonly value: unknown;
    readonly deleted: boolean;
    readonly conflict: boolean;
  };
}
export interface TextMerge {
  readonly title: string;
  readonly base: string;
  readonly earlier: string;
  readonly later: string;
  readonly text: string;
  readonly conflict: boolean;
}
export type MergeFile = VectorFile<MergeCase, object> & { readonly texts: readonly TextMerge[] };

export interface PlainFrame {
  readonly kind: string;
  readonly id: string;
  readonly body: string;
}
export type FrameFile = VectorFile<
  { readonly frames: readonly PlainFrame[]; readonly encoded: string },
  { readonly encoded: string }
>;

export type ChainFile = VectorFile<
  {
    readonly log: string;
    readonly start: string;
    readonly frames: readonly PlainFrame[];
    readonly chain: readonly string[];
    /** Of the place behind the last frame. */
    readonly code: string;
  },
  object
>;

export interface PlainStamp {
  readonly at: number;
  readonly c: number;
}
export type ClockFile = VectorFile<
  {
    readonly last: PlainStamp;
    readonly seen: readonly PlainStamp[];
    readonly nowMs: number;
    /** After all that was seen. */
    readonly observed: PlainStamp;
    /** The clock after the next operation. */
    readonly next: PlainStamp;
    /** The greatest stamp of the parents of that operation, and what it is stamped with. */
    readonly latestParent: PlainStamp | null;
    readonly stamp: PlainStamp;
  },
  object
>;

export type ChunkNamesFile = VectorFile<
  { readonly names: readonly string[]; readonly packed: string },
  { readonly packed: string }
>;

/** The files of `docs/spec/vectors`, by name. */
export interface Vectors {
  readonly 'key-derivation': KeyDerivationFile;
  readonly keyring: KeyringFile;
  readonly account: AccountFile;
  readonly envelope: EnvelopeFile;
  readonly chunk: ChunkFile;
  readonly 'chunk-names': ChunkNamesFile;
  readonly padding: PaddingFile;
  readonly operation: OperationFile;
  readonly clock: ClockFile;
  readonly merge: MergeFile;
  readonly frames: FrameFile;
  readonly chain: ChainFile;
}
