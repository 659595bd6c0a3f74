import { s3PlaceToUrl, type ChunkPlace, type S3Place } from '../chunks/chunk-place.ts';
import { exitCodes, OperatorError } from '../operator-error.ts';
import { parseFile } from '../options/folder.ts';
import { is, mustBe, type Option, type Parsed } from '../options/option.ts';
import { chooseSecret } from './secret-file.ts';

/** Where chunks lie. // SRV-93 */
export const chunkPlaceOptions = {
  DATAANS_CHUNKS: {
    help: 'bucket for pieces of files, such as s3://bucket/prefix; files in the data folder if not set',
    parse: parseBucket,
  } satisfies Option<Pick<S3Place, 'bucket' | 'prefix'>>,
  DATAANS_S3_ENDPOINT: {
    help: 'address of the object store; the one of AWS for the region if not set',
    parse: parseEndpoint,
  } satisfies Option<URL>,
  DATAANS_S3_REGION: {
    help: 'region of the bucket; us-east-1 unless set',
    parse: (text) =>
      /^[a-z0-9-]{1,63}$/i.test(text) ? is(text) : mustBe('a region such as eu-central-1, or auto'),
  } satisfies Option<string>,
  DATAANS_S3_KEY_ID: { help: 'id of the access key to the bucket', parse: parseKey } satisfies Option<string>,
  DATAANS_S3_SECRET: { help: 'secret of the access key', parse: parseKey } satisfies Option<string>,
  DATAANS_S3_SECRET_FILE: {
    help: 'file with the secret of the access key, instead of the secret itself',
    parse: parseFile,
  } satisfies Option<string>,
};

const otherNames = [
  'DATAANS_S3_ENDPOINT',
  'DATAANS_S3_REGION',
  'DATAANS_S3_KEY_ID',
  'DATAANS_S3_SECRET',
  'DATAANS_S3_SECRET_FILE',
] as const;

/** The value of an option as it was set, or `null`. */
type ReadSet = <Value>(name: keyof typeof chunkPlaceOptions, option: Option<Value>) => Value | null;

/** Throws `OperatorError` if options are missing, or set without effect: somebody may rely on them. */
export function readChunkPlace(read: ReadSet): ChunkPlace {
  const options = chunkPlaceOptions;
  const bucket = read('DATAANS_CHUNKS', options.DATAANS_CHUNKS);
  const region = read('DATAANS_S3_REGION', options.DATAANS_S3_REGION) ?? 'us-east-1';
  const endpoint = read('DATAANS_S3_ENDPOINT', options.DATAANS_S3_ENDPOINT);
  const keyId = read('DATAANS_S3_KEY_ID', options.DATAANS_S3_KEY_ID);
  const given = {
    name: 'DATAANS_S3_SECRET',
    secret: read('DATAANS_S3_SECRET', options.DATAANS_S3_SECRET),
    path: read('DATAANS_S3_SECRET_FILE', options.DATAANS_S3_SECRET_FILE),
    parse: parseKey,
  };
  if (bucket === null) {
    const idle = otherNames.find((name) => read<unknown>(name, options[name]) !== null);
    if (idle === undefined) return 'files';
    throw usage(
      `${idle} is set, but chunks are kept in files. Set DATAANS_CHUNKS to a bucket, or remove ${idle}.`,
    );
  }
  const secret = chooseSecret(given);
  if (keyId === null || secret === null)
    throw usage(
      `DATAANS_CHUNKS is ${s3PlaceToUrl(bucket)}, and there is no key to it. Set DATAANS_S3_KEY_ID, and DATAANS_S3_SECRET or DATAANS_S3_SECRET_FILE.`,
    );
  const address = endpoint ?? new URL(`https://s3.${region}.amazonaws.com`);
  return { ...bucket, endpoint: address, region, keyId, secret };
}

/** The characters that no address writes in another way. */
function parseBucket(text: string): Parsed<Pick<S3Place, 'bucket' | 'prefix'>> {
  const [, bucket, prefix = ''] =
    /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([\w.-]+(?:\/[\w.-]+)*))?\/?$/.exec(text) ?? [];
  return bucket === undefined || prefix.length > 512 || /(^|\/)\.\.?(\/|$)/.test(prefix)
    ? mustBe(
        'a bucket such as s3://bucket, or s3://bucket/prefix with letters, digits, dots, dashes, _ and /',
      )
    : is({ bucket, prefix });
}

function parseEndpoint(text: string): Parsed<URL> {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isPlain =
    url !== null && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  return isPlain && /^https?:$/.test(url.protocol)
    ? is(url)
    : mustBe('an address such as https://s3.example.org, without a path');
}

function parseKey(text: string): Parsed<string> {
  return /^[\x21-\x7e]{1,256}$/.test(text) && !/^["']|["']$/.test(text)
    ? is(text)
    : mustBe('letters, digits and signs, without quotation marks around them');
}

function usage(sentence: string): OperatorError {
  return new OperatorError(sentence, { exitCode: exitCodes.usage });
}
