import { Refusal, type RefusalReason } from '../problems/refusal.ts';

/** Nobody knows who is calling: they may try again with a credential. */
export function refuseStranger(reason: RefusalReason, detail: string, challenge = 'Bearer'): Refusal {
  return new Refusal('unauthorized', detail, { 'www-authenticate': challenge }, reason);
}

/** Whoever it is, or however they sign in, this request does not come in. */
export function refuseCaller(reason: RefusalReason, detail: string): Refusal {
  return new Refusal('forbidden', detail, {}, reason);
}
