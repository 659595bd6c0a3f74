import { DataansError } from '@dataans/core';

/** Nothing answers at the address: the platform's error as a sentence. // SYN-2 */
export function explainUnreachable(address: string, cause: unknown): DataansError {
  const code = networkCode(cause);
  const known = code === null ? undefined : faultByCode[code];
  if (known !== undefined)
    return unreachable(`${address} cannot be reached: ${known.reason}.`, known.advice, cause);
  if (code !== null && isCertificateCode(code))
    return unreachable(
      `${address} cannot be reached safely: its certificate is not accepted (${code}).`,
      isUnknownIssuer(code) ? ownIssuerAdvice : certificateAdvice,
      cause,
    );
  const reason = code ?? (cause instanceof Error ? cause.message : String(cause));
  return unreachable(`${address} cannot be reached: ${reason}.`, retryAdvice, cause);
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

const retryAdvice = 'Nothing is lost: try again when the server can be reached.';
const addressAdvice = 'See that the address is right and that you are online.';
const certificateAdvice = 'Check that the address is right and that the server has a valid certificate.';
const ownIssuerAdvice =
  'Check that the address is right. If the certificate is your own, set NODE_EXTRA_CA_CERTS to the file of the ' +
  'certificate that signed it (PEM), and try again.';
const startAdvice = 'See that the address is right and that the server is running.';

const faultByCode: Readonly<Record<string, { readonly reason: string; readonly advice: string }>> = {
  ECONNREFUSED: { reason: 'nothing listens there', advice: startAdvice },
  ENOTFOUND: { reason: 'there is no host of that name', advice: addressAdvice },
  EAI_AGAIN: { reason: 'the name of the host cannot be looked up now', advice: addressAdvice },
  EHOSTUNREACH: { reason: 'there is no way to the host', advice: addressAdvice },
  ENETUNREACH: { reason: 'there is no network', advice: addressAdvice },
  ETIMEDOUT: { reason: 'it does not answer', advice: startAdvice },
  ECONNRESET: { reason: 'the connection was cut off', advice: retryAdvice },
  EPIPE: { reason: 'the connection was cut off', advice: retryAdvice },
  UND_ERR_SOCKET: { reason: 'the connection was cut off', advice: retryAdvice },
  ERR_PROXY_TUNNEL: {
    reason: 'the proxy does not let this device through to it',
    advice: 'Check HTTPS_PROXY, and add the host to NO_PROXY if it is to be reached without a proxy.',
  },
  EPROTO: {
    reason: 'it does not speak TLS',
    advice: 'See that the address is right: a server without a certificate has one that begins with http://.',
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
