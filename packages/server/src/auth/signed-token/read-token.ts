import type { Refusal, RefusalReason } from '../../problems/refusal.ts';
import { refuseStranger } from '../refuse.ts';

/** Where the token of a request is. */
export interface TokenPlace {
  /** In lower case. */
  readonly header: string;
  /** `bearer`: behind that word, as in RFC 6750. */
  readonly form: 'bare' | 'bearer';
  /** Who puts it there, for sentences. */
  readonly issuedBy: string;
  /** What the answer to a stranger asks for. */
  readonly challenge: string;
}

/** What browsers, proxies and servers take in one header. */
const charactersMax = 16_384;

/** The one token of a request, in the shape of a JSON Web Token. Throws a `Refusal`. // AUTH-6 */
export function readToken(request: Request, place: TokenPlace): string {
  const { header, form, issuedBy, challenge } = place;
  const refuse = (reason: RefusalReason, detail: string): Refusal =>
    refuseStranger(reason, detail, challenge);
  const value = request.headers.get(header);
  if (value === null || value === '')
    throw refuse(
      'missing',
      `This request didn't come through ${issuedBy} (no ${header} header). Open the server at its public address and sign in there.`,
    );
  if (value.length > charactersMax)
    throw refuse('too-long', `The header ${header} is longer than a token can be. Sign in again.`);
  // Several headers of one name arrive as one, with commas between them.
  if (value.includes(','))
    throw refuse(
      'repeated',
      `The header ${header} must be there once, with one token. Remove what adds others.`,
    );
  const [, token] =
    (form === 'bare' ? /^([\w-]+\.[\w-]+\.[\w-]*)$/ : /^Bearer +([\w-]+\.[\w-]+\.[\w-]*)$/i).exec(value) ??
    [];
  if (token === undefined)
    throw refuse(
      'malformed',
      `The header ${header} has no signed token in it. Send what ${issuedBy} has issued, unchanged.`,
    );
  return token;
}
