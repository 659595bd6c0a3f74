/** Says that something has come to its end; an `AbortSignal` does. */
export interface EndSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** For what goes on until the runtime stops it without a word. */
export const neverEnding: EndSignal = {
  aborted: false,
  addEventListener: () => {},
  removeEventListener: () => {},
};
