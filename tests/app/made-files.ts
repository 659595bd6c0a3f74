import { closeSync, openSync, writeSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

const wavHeaderBytes = 44;
const samplesPerSecond = 8_000;

/** A recording of one byte a sample, whose megabytes differ. */
export function makeRecording(seconds: number): Buffer {
  const bytes = wavHeaderBytes + seconds * samplesPerSecond;
  const wav = Buffer.alloc(bytes);
  for (let at = wavHeaderBytes; at < bytes; at += 1_000_000) wav.fill(100 + at / 1_000_000, at);
  wav.write('RIFF');
  wav.writeUInt32LE(bytes - 8, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20); // Plain samples,
  wav.writeUInt16LE(1, 22); // in one channel,
  wav.writeUInt32LE(samplesPerSecond, 24);
  wav.writeUInt32LE(samplesPerSecond, 28);
  wav.writeUInt16LE(1, 32); // of one byte
  wav.writeUInt16LE(8, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(bytes - wavHeaderBytes, 40);
  return wav;
}

/** A picture whose colours change from corner to corner. */
export function makePicture(width: number, height: number): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0, at = 0; y < height; y += 1) {
    rows[at++] = 0; // Not filtered.
    for (let x = 0; x < width; x += 1) {
      rows[at++] = 80 + Math.floor((x / width) * 140);
      rows[at++] = 90 + Math.floor((y / height) * 120);
      rows[at++] = 120;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8); // Eight bits a colour, three colours.
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, content: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, sum]);
}

/** A file whose megabytes differ: equal ones would be stored once. */
export function writeLargeFile(path: string, megabytes: number): void {
  const file = openSync(path, 'w');
  const megabyte = Buffer.alloc(1_000_000);
  for (let index = 0; index < megabytes; index += 1) {
    megabyte.writeUInt32LE(index + 1);
    writeSync(file, megabyte);
  }
  closeSync(file);
}
