import { errorText, isErrorCode } from './system-error.ts';

/** Why a request to an address got no answer, as a sentence to an operator. */
export function whyNotReached(url: URL, error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (isErrorCode(cause, 'ENOTFOUND') || isErrorCode(cause, 'EAI_AGAIN'))
    return `The name ${url.hostname} can't be found (DNS).`;
  if (isErrorCode(cause, 'ECONNREFUSED')) return `Nothing listens at ${url.host}.`;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (/CERT|SELF_SIGNED|ALTNAME|SSL|TLS|UNABLE_TO/.test(code))
    return `The certificate of ${url.host} isn't accepted (${errorText(cause)}).`;
  return `${url.host} doesn't answer (${errorText(cause)}).`;
}
