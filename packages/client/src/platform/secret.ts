/** A text that neither prints nor serialises: whoever needs it has to ask. */
export interface Secret {
  reveal(): string;
}

export function createSecret(text: string): Secret {
  return { reveal: () => text };
}
