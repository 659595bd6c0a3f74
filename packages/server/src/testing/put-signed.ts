import { createHash } from 'node:crypto';
import { AwsClient } from 'aws4fetch';
import type { S3Place } from '../chunks/chunk-place.ts';

/** Puts an object into a bucket with as little as can be sent, which is a request signed with the hash of its body. */
export function createPutSigned({ endpoint, bucket, region, keyId, secret }: S3Place) {
  const signer = new AwsClient({ accessKeyId: keyId, secretAccessKey: secret, service: 's3', region });
  return async (bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
    const hash = createHash('sha256').update(bytes).digest('hex');
    const signed = await signer.sign(`${endpoint.origin}/${bucket}/bare/${hash}`, {
      method: 'PUT',
      headers: { 'x-amz-content-sha256': hash },
      body: bytes,
    });
    const answer = await fetch(signed);
    if (!answer.ok) throw new Error(`The bucket answered ${answer.status}.`);
    await answer.bytes();
  };
}
