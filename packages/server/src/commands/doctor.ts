import { statfs } from 'node:fs/promises';
import type { PublishedKeys } from '../stores/kept-keys.ts';
import type { TokenStore } from '../stores/token-store.ts';
import { s3PlaceToText, type S3Place } from '../chunks/chunk-place.ts';
import type { ChunkSource } from '../chunks/chunk-store.ts';
import { isLoopbackHost } from '../auth/host.ts';
import { randomBytesToToken, tokenRandomBytes, tokenToHash } from '../auth/token-text.ts';
import type { Settings } from '../config/read-settings.ts';
import { askServer } from '../doctor/ask-server.ts';
import { askThrough } from '../doctor/ask-through.ts';
import { good, problem, warning, type Finding } from '../doctor/finding.ts';
import { judgeRoom } from '../doctor/judge-room.ts';
import { judgeBackup, judgeCertificate } from '../doctor/judge-upkeep.ts';
import { readTlsPair } from '../listen/tls-pair.ts';
import { exitCodes, OperatorError } from '../operator-error.ts';
import { hasTokens, readBackupRecord, readKeptKeys } from '../storage/data-folder.ts';
import { openStoresToRead, openTokens, storesToText } from '../storage/open-stores.ts';
import type { StoresToRead } from '../storage/server-stores.ts';
import { errorText } from '../system-error.ts';
import { version } from '../version.ts';
import type { Directory } from '../stores/directory.ts';
import { withDirectory } from './change-accounts.ts';
import { findAccount } from './find-account.ts';
import { settingsOf } from './for-accounts.ts';
import { formatCount, formatJson, type Output } from './output.ts';

const minuteMs = 60_000;
const keysOldMs = 72 * 60 * minuteMs;

export interface DoctorContext {
  readonly settings: Settings;
  /** The one of many accounts that is meant, as somebody named it. Default, as `null`: all. */
  readonly account?: string | null;
  readonly fetch: typeof fetch;
  readonly now: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
}

/** Looks at what a server needs, and prints each finding with what to do. Throws `OperatorError` if there is a problem. // SRV-87 */
export async function examine(context: DoctorContext, output: Output, asJson: boolean): Promise<void> {
  const findings = [
    good('version', `dataans-server ${version} on Node ${process.versions.node}.`),
    ...(await lookAtStores(context)),
    ...(await lookAtUpkeep(context)),
    ...(await lookAtAddresses(context)),
  ];
  const problems = findings.filter(({ state }) => state === 'problem').length;
  output.stdout(asJson ? formatJson({ ok: problems === 0, findings }) : findings.map(lineOf).join(''));
  if (problems > 0)
    throw new OperatorError(`Found ${formatCount(problems, 'problem')}.`, { exitCode: exitCodes.failed });
}

function lineOf({ about, state, sentence }: Finding): string {
  return `${state.padEnd(8)} ${about.padEnd(12)} ${sentence}\n`;
}

async function lookAtStores(context: DoctorContext): Promise<readonly Finding[]> {
  const { settings, account = null } = context;
  if (settings.manyAccounts === null) return lookAtOne(context);
  try {
    return await withDirectory(settings, async (directory) => {
      if (account === null) return lookAtAll(context, directory);
      const of = settingsOf(settings, await findAccount(directory, account));
      return lookAtOne({ ...context, settings: { ...of, backups: settings.backups } });
    });
  } catch (error) {
    return [problem('storage', errorText(error))];
  }
}

/** Whether each account can be read. */
async function lookAtAll(
  { settings, now }: DoctorContext,
  directory: Directory,
): Promise<readonly Finding[]> {
  const { dataFolder, database } = settings;
  const accounts = await directory.list();
  const where = storesToText(settings);
  const findings: Finding[] = [
    good('accounts', `The directory in ${where} has ${formatCount(accounts.length, 'account')}.`),
  ];
  let noted = database === null ? await readNotes(dataFolder) : null;
  for (const account of accounts.filter(({ log }) => log !== null))
    try {
      const stores = await openStoresToRead(settingsOf(settings, account));
      try {
        await stores.log.head();
        noted ??= { record: await stores.readBackupRecord(), keys: await stores.readKeptKeys() };
      } finally {
        await stores.close();
      }
    } catch (error) {
      findings.push(problem('account', `${account.name} (${account.id}): ${errorText(error)}`));
    }
  const remembered = {
    readBackupRecord: async () => noted?.record ?? null,
    readKeptKeys: async () => noted?.keys ?? null,
    countTokens: directory.countTokens,
  };
  const room = database === null ? await lookAtRoom(dataFolder) : [];
  return [...findings, ...room, ...(await lookAtRemembered(settings, remembered, now()))];
}

async function readNotes(dataFolder: string) {
  return { record: await readBackupRecord(dataFolder), keys: await readKeptKeys(dataFolder) };
}

async function lookAtOne(context: DoctorContext): Promise<readonly Finding[]> {
  const { settings, now } = context;
  const { dataFolder, chunkPlace, database } = settings;
  try {
    const stores = await openStoresToRead(settings);
    try {
      const { seq } = await stores.log.head();
      const where = storesToText(settings);
      const found = good(
        'storage',
        `The log in ${where} can be read and has ${formatCount(seq, 'operation')}.`,
      );
      const room = database === null ? await lookAtRoom(dataFolder) : [];
      const bucket = chunkPlace === 'files' ? [] : [await lookAtBucket(stores.chunks, chunkPlace)];
      const remembered = { ...stores, countTokens: () => countTokens(settings, now()) };
      return [found, ...room, ...bucket, ...(await lookAtRemembered(settings, remembered, now()))];
    } finally {
      await stores.close();
    }
  } catch (error) {
    return [problem('storage', errorText(error))];
  }
}

async function lookAtRoom(dataFolder: string): Promise<readonly Finding[]> {
  const { bavail, blocks, bsize, ffree, files, type } = await statfs(dataFolder);
  return judgeRoom({
    freeBytes: bavail * bsize,
    totalBytes: blocks * bsize,
    freeFiles: ffree,
    totalFiles: files,
    kind: type,
  });
}

interface Remembered extends Pick<StoresToRead, 'readBackupRecord' | 'readKeptKeys'> {
  /** Those that count. */
  readonly countTokens: () => Promise<number>;
}

/** What the server noted about its backups and about who may sign in. */
async function lookAtRemembered(
  settings: Settings,
  stores: Remembered,
  now: number,
): Promise<readonly Finding[]> {
  const { backups, auth } = settings;
  const record = await stores.readBackupRecord();
  const made = record !== null && record.folder === backups?.folder ? record.made : null;
  const isSigned = auth === 'cloudflare-access' || auth === 'jwt';
  return [
    judgeBackup(backups === null ? null : { folder: backups.folder, made }, now),
    ...(isSigned ? [judgeKeys(await stores.readKeptKeys(), now)] : []),
    ...(auth === 'token' ? [judgeTokens(await stores.countTokens())] : []),
  ];
}

async function lookAtBucket(chunks: ChunkSource, place: S3Place): Promise<Finding> {
  const where = s3PlaceToText(place);
  try {
    await chunks.list(null, 1);
    return good('chunks', `The bucket ${where} can be listed.`);
  } catch (error) {
    return problem(
      'chunks',
      `${errorText(error)} Check DATAANS_CHUNKS, the DATAANS_S3 settings and the key's rights.`,
    );
  }
}

async function lookAtUpkeep({ settings, now }: DoctorContext): Promise<readonly Finding[]> {
  const { tls, auth } = settings;
  const findings: Finding[] = [];
  if (tls !== null)
    findings.push(
      await readTlsPair(tls).then(
        ({ validTo }) => judgeCertificate(validTo, now()),
        (error: unknown) => problem('certificate', errorText(error)),
      ),
    );
  if (auth === null)
    findings.push(
      problem(
        'sign-in',
        'Others can reach this server, and no sign-in method is set, so that it does not start. Set DATAANS_AUTH.',
      ),
    );
  return findings;
}

/** The server fetches keys when somebody signs in, and keeps the last good ones. */
function judgeKeys(kept: PublishedKeys | null, now: number): Finding {
  if (kept === null)
    return warning(
      'keys',
      'The server has fetched no keys of the identity provider yet. If somebody has tried to sign in, look for the reason in its log.',
    );
  const fetched = `The keys of ${kept.source} were fetched at ${new Date(kept.fetched).toISOString()}`;
  return now - kept.fetched > keysOldMs
    ? warning(
        'keys',
        `${fetched}, which is too long ago to count. If somebody has tried to sign in since, check that the server reaches that address.`,
      )
    : good('keys', `${fetched}.`);
}

function judgeTokens(count: number): Finding {
  return count === 0
    ? warning(
        'tokens',
        'No token counts, so that no device can sign in. Create one with: dataans-server token add NAME',
      )
    : good('tokens', `There ${count === 1 ? 'is' : 'are'} ${formatCount(count, 'token')} for devices.`);
}

/** Those that are neither revoked nor expired. */
async function countTokens(settings: Settings, now: number): Promise<number> {
  if (settings.database === null && !hasTokens(settings.dataFolder)) return 0;
  const { tokens } = await openTokens(settings);
  try {
    const listed = await tokens.list();
    return listed.filter(({ revoked, expires }) => revoked === null && (expires === null || expires > now))
      .length;
  } finally {
    await tokens.close();
  }
}

async function lookAtAddresses(context: DoctorContext): Promise<readonly Finding[]> {
  const { settings, fetch, now } = context;
  const { port, host, tls, publicUrl, auth } = settings;
  const here = new URL(
    `http://${isLoopbackHost(host) && host.includes(':') ? `[${host}]` : isLoopbackHost(host) ? host : '127.0.0.1'}:${port}`,
  );
  const findings: Finding[] = [];
  // A certificate is for the public name, and port 0 can be any.
  if (tls === null && port !== 0)
    findings.push(
      ...(await askServer({
        about: 'server',
        url: here,
        advice: 'Start the server, or compare DATAANS_HOST and DATAANS_PORT.',
        fetch,
        now,
      })),
    );
  if (publicUrl === null) return findings;
  const advice = 'Check the name, the certificate and what stands in front of the server.';
  const answered = await askServer({ about: 'address', url: publicUrl, advice, fetch, now });
  findings.push(...answered);
  if (auth === 'token' && answered[0]?.state === 'good' && hasTokens(settings.dataFolder))
    findings.push(...(await withToken(context, (headers) => askThrough({ url: publicUrl, headers, fetch }))));
  return findings;
}

/** A token that counts for a minute and is revoked at the end: a device's own is not ours to use. */
async function withToken<Result>(
  { settings, now, randomBytes }: DoctorContext,
  use: (headers: Readonly<Record<string, string>>) => Promise<Result>,
): Promise<Result> {
  const { tokens } = await openTokens(settings);
  const token = randomBytesToToken(randomBytes(tokenRandomBytes));
  const name = `doctor ${new Date(now()).toISOString()}`;
  try {
    await addToken(tokens, token, name, now());
    return await use({ authorization: `Bearer ${token}` });
  } finally {
    await tokens.revoke(name, now());
    await tokens.close();
  }
}

async function addToken(tokens: TokenStore, token: string, name: string, now: number): Promise<void> {
  await tokens.add({ hash: tokenToHash(token), name, created: now, expires: now + minuteMs });
}
