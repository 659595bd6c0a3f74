import { selfSignedCertificate } from './certificate.ts';
import { makeKeyPair } from './signing-keys.ts';

/** What a listener shows of itself, as PEM. */
export interface TlsIdentity {
  readonly key: string;
  readonly cert: string;
}

export async function createTlsIdentity(now: number): Promise<TlsIdentity> {
  const { publicKey, privateKey } = await makeKeyPair();
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    cert: selfSignedCertificate(publicKey, privateKey, 'Stand-in for Cloudflare Access', now),
  };
}
