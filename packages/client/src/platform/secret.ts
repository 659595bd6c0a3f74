/** A text that neither prints nor serialises: whoever needs it has to ask. */
export interface Secret {
  reveal(): string;
}

/** Wraps a text so that it is not printed or logged by accident. */
export function createSecret(text: string): Secret {
  return { reveal: () => text };
}
