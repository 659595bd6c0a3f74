import { readFile } from 'node:fs/promises';
import { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logging/logger.ts';
import { OperatorError } from '../operator-error.ts';
import { errorText } from '../system-error.ts';

/** Where the certificate, with those that signed it, and its key are, as PEM. */
export interface TlsPaths {
  readonly cert: string;
  readonly key: string;
}

export interface TlsPair {
  readonly cert: string;
  readonly key: string;
  /** When the certificate ends, in milliseconds since 1970. */
  readonly validTo: number;
}

/** Programs that renew certificates replace two files, and nobody is in a hurry: weeks are left then. */
const lookEveryMs = 60_000;

/** Reads both files. Throws `OperatorError` where they are no pair. // SRV-86 */
export async function readTlsPair({ cert: certPath, key: keyPath }: TlsPaths): Promise<TlsPair> {
  const cert = await readPem('DATAANS_TLS_CERT', certPath);
  const key = await readPem('DATAANS_TLS_KEY', keyPath);
  try {
    // Refuses a key of another certificate.
    createSecureContext({ cert, key });
    return { cert, key, validTo: new X509Certificate(cert).validToDate.getTime() };
  } catch (error) {
    throw new OperatorError(
      `The certificate ${certPath} and the key ${keyPath} can't be used together (${errorText(error)}). Check DATAANS_TLS_CERT and DATAANS_TLS_KEY. Both must be PEM files, and the key that of the certificate.`,
      { cause: error },
    );
  }
}

/** Looks at the files once a minute and tells of a new pair; the former one stays while they are none. // SRV-86 */
export function followTlsPair(options: {
  readonly paths: TlsPaths;
  readonly first: TlsPair;
  readonly onChanged: (pair: TlsPair) => void;
  readonly clock: Clock;
  readonly logger: Logger;
}): () => void {
  const { paths, onChanged, clock, logger } = options;
  let pair = options.first;
  let told = '';
  let cancel: (() => void) | null = clock.after(lookEveryMs, look);

  async function look(): Promise<void> {
    try {
      const next = await readTlsPair(paths);
      told = '';
      if (next.cert !== pair.cert || next.key !== pair.key) {
        pair = next;
        onChanged(next);
        logger.info({ validTo: new Date(next.validTo).toISOString() }, 'certificate read again');
      }
    } catch (error) {
      const failure = errorText(error);
      if (failure !== told) logger.warn({ failure }, 'certificate not read again');
      told = failure;
    }
    if (cancel !== null) cancel = clock.after(lookEveryMs, look);
  }
  return () => {
    cancel?.();
    cancel = null;
  };
}

async function readPem(option: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new OperatorError(
      `Can't read ${path} (${errorText(error)}). Check ${option}, and that the server's user may read the file.`,
      { cause: error },
    );
  }
}
