/** Where in an object store the chunks of a server lie, and the key to it. */
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

/** The place as people read it, without the key. */
export function s3PlaceToText({ endpoint, bucket, prefix }: S3Place): string {
  return `s3://${[bucket, prefix].filter((part) => part !== '').join('/')} at ${endpoint.origin}`;
}
