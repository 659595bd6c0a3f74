import { DataansError } from '@dataans/core';

/** Nothing answers at the address: the platform's error as a sentence. // SYN-2 */
export function explainUnreachable(address: string, cause: unknown): DataansError {
  const code = networkCode(cause);
  const known = code === null ? undefined : faultByCode[code];
  if (known !== undefined)
    return unreachable(`Can't reach ${address}: ${known.reason}.`, known.advice, cause);
  if (code !== null && isCertificateCode(code))
    return unreachable(
      `Can't connect to ${address} securely: its certificate isn't trusted (${code}).`,
      isUnknownIssuer(code) ? ownIssuerAdvice : certificateAdvice,
      cause,
    );
  const reason = code ?? (cause instanceof Error ? cause.message : String(cause));
  return unreachable(`Can't reach ${address}: ${reason}.`, retryAdvice, cause);
}

/** Faults that a second attempt a moment later often does not meet. */
export function isPassingFault(cause: unknown): boolean {
  const code = networkCode(cause) ?? '';
  return !lastingCodes.has(code) && !isCertificateCode(code);
}

/** The code of the innermost cause that has one: `fetch` wraps the socket's error in its own. */
function networkCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const inner = networkCode(error.cause);
  if (inner !== null) return inner;
  return 'code' in error && typeof error.code === 'string' ? error.code : null;
}

function unreachable(message: string, advice: string, cause: unknown): DataansError {
  return new DataansError('server-unreachable', message, { advice, cause });
}

const retryAdvice = 'Your changes are kept on this device. Try again later.';
const addressAdvice = 'Check the address and your internet connection.';
const certificateAdvice = "Check the address and the server's certificate.";
const ownIssuerAdvice =
  'Check the address. If you signed the certificate yourself, set NODE_EXTRA_CA_CERTS to the file of the ' +
  'certificate that signed it (PEM), then try again.';
const startAdvice = 'Check the address, and that the server is running.';

const faultByCode: Readonly<Record<string, { readonly reason: string; readonly advice: string }>> = {
  ECONNREFUSED: { reason: 'nothing is listening there', advice: startAdvice },
  ENOTFOUND: { reason: 'no such host', advice: addressAdvice },
  EAI_AGAIN: { reason: "the host name can't be looked up right now", advice: addressAdvice },
  EHOSTUNREACH: { reason: 'there is no route to it', advice: addressAdvice },
  ENETUNREACH: { reason: 'this device is offline', advice: addressAdvice },
  ETIMEDOUT: { reason: "it didn't answer in time", advice: startAdvice },
  ECONNRESET: { reason: 'the connection was interrupted', advice: retryAdvice },
  EPIPE: { reason: 'the connection was interrupted', advice: retryAdvice },
  UND_ERR_SOCKET: { reason: 'the connection was interrupted', advice: retryAdvice },
  ERR_PROXY_TUNNEL: {
    reason: 'the proxy refused to connect to it',
    advice: 'Check HTTPS_PROXY. To connect without the proxy, add the host to NO_PROXY.',
  },
  EPROTO: {
    reason: "it doesn't use TLS",
    advice: 'Check the address. Without a certificate it must start with http://.',
  },
};

const lastingCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EPROTO',
  'ERR_PROXY_TUNNEL',
]);

function isCertificateCode(code: string): boolean {
  return /CERT|SIGNATURE|ISSUER|^ERR_TLS/.test(code);
}

/** Signed by itself, or by someone whom this device does not know. */
function isUnknownIssuer(code: string): boolean {
  return /SELF_SIGNED|ISSUER|UNABLE_TO_VERIFY/.test(code);
}
