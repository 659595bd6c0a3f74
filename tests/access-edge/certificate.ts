import { randomBytes, sign, type KeyObject } from 'node:crypto';

const validMs = 365 * 24 * 60 * 60 * 1_000;

/** A certificate of a key for this machine's own names, signed with the key itself; as PEM. */
export function selfSignedCertificate(
  publicKey: KeyObject,
  privateKey: KeyObject,
  name: string,
  now: number,
): string {
  const subject = sequence(set(sequence(objectId(2, 5, 4, 3), element(0x0c, Buffer.from(name)))));
  const algorithm = sequence(objectId(1, 2, 840, 113549, 1, 1, 11), element(0x05)); // SHA-256 with RSA
  const content = sequence(
    element(0xa0, integer(Buffer.of(2))), // version 3
    integer(Buffer.concat([Buffer.of(0x01), randomBytes(8)])),
    algorithm,
    subject,
    sequence(time(now - 60_000), time(now + validMs)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    element(0xa3, sequence(extension(objectId(2, 5, 29, 17), loopbackNames()))),
  );
  const signature = sign('sha256', content, privateKey);
  const certificate = sequence(content, algorithm, element(0x03, Buffer.of(0), signature));
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

/** Names and address that a certificate of this machine is for. */
function loopbackNames(): Buffer {
  return sequence(element(0x82, Buffer.from('localhost')), element(0x87, Buffer.of(127, 0, 0, 1)));
}

function extension(id: Buffer, value: Buffer): Buffer {
  return sequence(id, element(0x04, value));
}

/** One element of DER: tag, length, content. */
function element(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const bytes =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...bytes), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return element(0x30, ...parts);
}

function set(...parts: readonly Buffer[]): Buffer {
  return element(0x31, ...parts);
}

function integer(bytes: Buffer): Buffer {
  return element(0x02, bytes);
}

function time(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replaceAll(/\D/g, '').slice(2, 14);
  return element(0x17, Buffer.from(`${digits}Z`));
}

function objectId(first: number, second: number, ...rest: readonly number[]): Buffer {
  return element(0x06, Buffer.of(first * 40 + second, ...rest.flatMap(base128)));
}

function base128(value: number): readonly number[] {
  const digits = [value & 0x7f];
  for (let high = value >> 7; high > 0; high >>= 7) digits.unshift((high & 0x7f) | 0x80);
  return digits;
}
