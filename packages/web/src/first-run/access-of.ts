/** What lets a browser in beside its cookies: a token that somebody typed, or nothing. */
export type TypedAccess = { readonly kind: 'none' } | { readonly kind: 'bearer'; readonly token: string };

export function accessOf(token: string): TypedAccess {
  return token.trim() === '' ? { kind: 'none' } : { kind: 'bearer', token: token.trim() };
}
