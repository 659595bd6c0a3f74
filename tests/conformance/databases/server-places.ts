import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { paths, type LogMessage } from '@dataans/core';
import { s3PlaceToUrl } from '../../../packages/server/src/chunks/chunk-place.ts';
import type { PostgresServer } from '../../../packages/server/src/testing/postgres-server.ts';
import { startS3Server, type S3Server } from '../../../packages/server/src/testing/s3-server.ts';
import { runCommand } from '../../../packages/server/src/testing/server-process.ts';

export type Variables = Readonly<Record<string, string>>;

export function bucketVariables({ place }: S3Server): Variables {
  return {
    DATAANS_CHUNKS: s3PlaceToUrl(place),
    DATAANS_S3_ENDPOINT: place.endpoint.origin,
    DATAANS_S3_REGION: place.region,
    DATAANS_S3_KEY_ID: place.keyId,
    DATAANS_S3_SECRET: place.secret,
  };
}

/** The settings of a server with an empty database and an empty bucket. */
export async function newPlace(t: TestContext, postgres: PostgresServer): Promise<Variables> {
  return { ...bucketVariables(await startS3Server(t)), DATAANS_DATABASE: await postgres.makeDatabase() };
}

/** What a command of the operator prints, which must succeed. */
export async function run(words: string, variables: Variables): Promise<string> {
  const { exitCode, stdout, stderr } = await runCommand(words.split(' '), variables);
  assert.equal(exitCode, 0, `${words}: ${stderr}`);
  return stdout;
}

/** What a command of the operator says that must not succeed. */
export async function refusal(words: string, variables: Variables): Promise<string> {
  const { exitCode, stderr } = await runCommand(words.split(' '), variables);
  assert.notEqual(exitCode, 0);
  return stderr;
}

export async function headOf(address: string): Promise<LogMessage> {
  // The server's own tests hold its answers to their shapes.
  return (await (await fetch(`${address}${paths.log}`)).json()) as LogMessage;
}
