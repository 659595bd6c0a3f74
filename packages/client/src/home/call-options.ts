/** What a call is given so that it can be given up. */
export interface Cancel {
  readonly signal?: AbortSignal;
}

/** What a call is given so that it says how far it is. */
export interface WithProgress<Progress> {
  readonly onProgress?: (progress: Progress) => void;
}

/** A call with a name of the caller's own: asked again with it, it is done once. At most 100 characters. // STO-50 */
export interface Named {
  readonly call?: string;
}
