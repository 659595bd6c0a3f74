import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isReadableOnItsWay, parseServerAddress } from './server-address.ts';

test('[ACC-5] an address is made regular', () => {
  const addresses = {
    'notes.example.org': 'https://notes.example.org',
    ' https://notes.example.org/ ': 'https://notes.example.org',
    'HTTP://Notes.Example.org:8080//': 'http://notes.example.org:8080',
    'notes.example.org/dataans/': 'https://notes.example.org/dataans',
    'localhost:8000': 'http://localhost:8000',
    '127.0.0.1:8000': 'http://127.0.0.1:8000',
    '[::1]:8000': 'http://[::1]:8000',
    'localhost.example.org': 'https://localhost.example.org',
  };
  for (const [typed, address] of Object.entries(addresses)) assert.equal(parseServerAddress(typed), address);
});

test('[ACC-5] what is no address of a server is refused', () => {
  for (const typed of [
    '',
    'https://',
    'ftp://notes.example.org',
    'https://me:secret@notes.example.org',
    'notes.example.org/?x=1',
    'notes.example.org/#x',
    'a b',
  ])
    assert.throws(() => parseServerAddress(typed), { code: 'invalid' }, typed);
});

test('[ACC-5] plain HTTP can be read on its way to another machine', () => {
  for (const server of ['http://notes.example.org', 'http://10.0.0.1:8000', 'http://localhost.example.org'])
    assert.equal(isReadableOnItsWay(server), true, server);
  for (const server of [
    'https://notes.example.org',
    'http://127.0.0.1:8000',
    'http://localhost',
    'http://[::1]:1',
  ])
    assert.equal(isReadableOnItsWay(server), false, server);
});
