import { fstatSync, writeSync } from 'node:fs';
import { Writable } from 'node:stream';
import type { OutputStream } from '../surroundings.ts';

/**
 * The stream of a program's output. What Node makes of a file takes a write that was cut short, as on a disk that
 * fills up, for a whole one: this goes on until all is written or the disk says why not. // CLI-10
 */
export function wholeOutput(stream: OutputStream, descriptor: number): OutputStream {
  return isFile(descriptor) ? fileOutput(descriptor) : stream;
}

function fileOutput(descriptor: number): OutputStream {
  return new Writable({
    decodeStrings: true,
    write(bytes: Uint8Array, _encoding, done) {
      try {
        for (let written = 0; written < bytes.length;)
          written += writeSync(descriptor, bytes, written, bytes.length - written);
        done();
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
}

function isFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    return false; // Closed: what is written to it will say so.
  }
}
