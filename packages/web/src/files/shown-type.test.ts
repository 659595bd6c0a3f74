import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPicture, playedAs, shownType, unknownType } from './shown-type.ts';

test('a page, a drawing with scripts and whatever is not known are never shown, only downloaded', () => {
  for (const [name, type] of [
    ['page.html', 'text/html'],
    ['drawing.svg', 'image/svg+xml'],
    ['drawing.svg', null],
    ['unknown', null],
    ['photo.png', 'text/html'],
    ['song.mp3', 'text/html; charset=audio/mpeg'],
    ['song.mp3', 'audio/mpeg\r\nset-cookie: a=b'],
    ['page.xhtml', 'APPLICATION/XHTML+XML'],
  ] as const) {
    assert.equal(shownType({ name, type }), unknownType);
    assert.equal(playedAs({ name, type }), null);
  }
  assert.equal(isPicture({ name: 'Photo.JPG', type: null }), true);
});

test('sound and films are played', () => {
  assert.equal(playedAs({ name: 'Song.MP3', type: null }), 'audio');
  assert.equal(playedAs({ name: 'film', type: 'Video/MP4' }), 'video');
  assert.equal(shownType({ name: 'film', type: 'Video/MP4' }), 'video/mp4');
  assert.equal(shownType({ name: 'voice', type: 'audio/webm; codecs=opus' }), 'audio/webm');
  assert.equal(playedAs({ name: 'photo.png', type: null }), null);
});
