/** Where the chunks of a server lie: in files of its data folder, or in a bucket. */
export type ChunkPlace = 'files' | S3Place;

/** Where in an object store chunks lie, and the key to it. */
export interface S3Place {
  /** Without a path. */
  readonly endpoint: URL;
  readonly region: string;
  readonly bucket: string;
  /** Without a slash at either end; may be empty. */
  readonly prefix: string;
  readonly keyId: string;
  readonly secret: string;
}

/** As DATAANS_CHUNKS has it. */
export function s3PlaceToUrl({ bucket, prefix }: Pick<S3Place, 'bucket' | 'prefix'>): string {
  return `s3://${bucket}${prefix === '' ? '' : `/${prefix}`}`;
}

/** The place in words, without the key. */
export function s3PlaceToText(place: S3Place): string {
  return `${s3PlaceToUrl(place)} at ${place.endpoint.origin}`;
}
