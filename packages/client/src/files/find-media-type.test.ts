import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findMediaType } from './find-media-type.ts';

function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

const png = '\x89PNG\r\n\x1a\n\0\0\0\rIHDR';
const webm = '\x1aE\xdf\xa3\x9fB\x86\x81\x01';
const unknown = '\0\x01\x02\x03';

test('[FIL-10] what a file is comes from its content, else from whoever has it, else from its name', () => {
  for (const [content, name, type, found] of [
    [png, 'photo', undefined, 'image/png'],
    [png, 'photo.jpg', 'image/jpeg', 'image/png'],
    ['\xff\xd8\xff\xe1', 'photo.png', '', 'image/jpeg'],
    ['GIF89a', 'x', 'application/octet-stream', 'image/gif'],
    ['RIFF\0\0\0\0WEBPVP8 ', 'x', undefined, 'image/webp'],
    ['\0\0\0\x1cftypavif', 'x', undefined, 'image/avif'],
    ['RIFF\0\0\0\0WAVEfmt ', 'x', undefined, 'audio/wav'],
    ['ID3\x04', 'x', undefined, 'audio/mpeg'],
    ['%PDF-1.7', 'page.html', 'text/html', 'application/pdf'],
    [unknown, 'x.csv', undefined, 'text/csv'],
    [unknown, 'x.csv', 'Text/Plain; charset=utf-8', 'text/plain; charset=utf-8'],
    [unknown, 'x.csv', 'application/octet-stream', 'text/csv'],
    [unknown, 'x.csv', 'no type', 'text/csv'],
    [unknown, 'x.csv', `text/${'x'.repeat(300)}`, 'text/csv'],
    [unknown, 'x', undefined, null],
    ['', '', undefined, null],
  ] as const)
    assert.equal(findMediaType({ name, type }, bytes(content)), found, `${name} ${type}`);
});

test('[FIL-10] what only wraps something else is what its name or its author says, if that can be', () => {
  for (const [content, name, type, found] of [
    [
      'PK\x03\x04',
      'letter.docx',
      undefined,
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ],
    ['PK\x03\x04', 'x', undefined, 'application/zip'],
    ['PK\x03\x04', 'photo.png', 'text/html', 'application/zip'],
    [webm, 'voice.webm', 'audio/webm;codecs=opus', 'audio/webm;codecs=opus'],
    [webm, 'film.mkv', undefined, 'video/matroska'],
    [webm, 'x', undefined, 'video/webm'],
    ['OggS\0', 'x.ogv', undefined, 'video/ogg'],
    ['OggS\0', 'x.opus', undefined, 'audio/ogg'],
    ['\0\0\0\x20ftypisom', 'song.m4a', undefined, 'audio/mp4'],
    ['\0\0\0\x14ftypqt  ', 'x', 'image/png', 'video/quicktime'],
  ] as const)
    assert.equal(findMediaType({ name, type }, bytes(content)), found, `${name} ${type}`);
});
