import { DataansError } from '@dataans/core';
import { accessHeaders } from '../connection/access.ts';
import { readCredentials, createAccessReader, credentialsPath } from './credentials.ts';

/**
 * What the home in a directory says to its server to be let in, read again whenever it changes: for a program that passes
 * on what another one asks. None if nobody is signed in, or to another server. // ACC-7
 */
export function readHeldAccess(directory: string, server: string): () => Readonly<Record<string, string>> {
  const path = credentialsPath(directory);
  return () => {
    const credentials = readCredentials(path);
    if (credentials === null) return {};
    return accessHeaders(createAccessReader(path, server, credentials.keyring, signedOut)());
  };
}

function signedOut(): DataansError {
  return new DataansError('not-signed-in', 'This device was signed out.', { advice: 'Sign in again.' });
}
