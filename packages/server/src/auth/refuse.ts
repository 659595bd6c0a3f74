import { Refusal, type RefusalReason } from '../problems/refusal.ts';

/**
 * Nobody knows who is calling: they may try again with a credential.
 *
 * @param caller hash of whom the credential was of, where it is a known one
 */
export function refuseStranger(
  reason: RefusalReason,
  detail: string,
  challenge = 'Bearer',
  caller: string | null = null,
): Refusal {
  return new Refusal('unauthorized', detail, { 'www-authenticate': challenge }, reason, caller);
}

/** Whoever it is, or however they sign in, this request does not come in. */
export function refuseCaller(reason: RefusalReason, detail: string, caller: string | null = null): Refusal {
  return new Refusal('forbidden', detail, {}, reason, caller);
}
