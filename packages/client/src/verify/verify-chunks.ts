import { bytesToHex, limits, openChunk, type ChunkName } from '@dataans/core';
import { describeChunk, type ChunkFault } from '../findings/chunk-findings.ts';
import type { Finding } from '../findings/finding.ts';
import { extendList } from '../findings/finding-list.ts';
import type { IntegrityError } from '../findings/integrity-error.ts';
import { runParallel } from '../parallel/run-parallel.ts';
import type { NamedContent } from '../store/held-files.ts';
import { explainContradiction } from '../findings/divergence.ts';
import { shuffle } from '../sync/shuffle.ts';
import type { Verification } from './kept-verification.ts';
import type { ChunkTally } from './verification.ts';
import type { VerifyRun } from './verify-run.ts';

const fetchesAtOnce = 4;
/** Chunks after which it is kept how far this has come: a few seconds' work. */
const chunksPerBatch = 64;

/** A chunk to be looked at, once however many contents name it. */
interface AwaitedChunk {
  readonly content: NamedContent;
  readonly name: ChunkName;
  readonly index: number;
}

/** Sees that the server has every chunk that an acknowledged operation names; `deep` fetches and opens each. // VFY-8 */
export async function verifyChunks(run: VerifyRun, from: Verification): Promise<Verification> {
  const { seen, files, total } = lookBack(run, from.chunksPlace);
  const batch = from.deep ? chunksPerBatch : limits.missingNamesMax;
  let verification = from;
  for (
    let contents = run.store.files.acknowledgedContents(verification.chunksPlace, batch);
    contents.length > 0;
    contents = run.store.files.acknowledgedContents(verification.chunksPlace, batch)
  ) {
    run.signal.throwIfAborted();
    const awaited = shuffle(takeUnseen(contents, seen), run.primitives); // FIL-6
    for (const { file } of contents) files.add(file);
    const done = verification.chunks.chunks;
    const { faults, fetchedBytes } = from.deep
      ? await fetchAll(run, awaited, (fetched) => {
          run.onProgress({ phase: 'chunks', done: done + fetched, total });
        })
      : await askAll(run, awaited);
    verification = addChecked(verification, {
      faults,
      chunks: {
        files: files.size,
        chunks: done + awaited.length,
        fetchedBytes: verification.chunks.fetchedBytes + fetchedBytes,
      },
      place: contents.at(-1)?.place ?? verification.chunksPlace,
    });
    run.keep(verification);
    run.onProgress({ phase: 'chunks', done: verification.chunks.chunks, total });
  }
  return verification;
}

function addChecked(
  verification: Verification,
  {
    faults,
    chunks,
    place,
  }: { readonly faults: readonly Finding[]; readonly chunks: ChunkTally; readonly place: number },
): Verification {
  const chunkFindings = extendList(verification.chunkFindings, faults);
  return { ...verification, chunks, chunksPlace: place, chunkFindings };
}

/** What was checked before, and how many chunks there are in all. One name is kept for each megabyte of files. */
function lookBack({ store }: VerifyRun, place: number) {
  const seen = new Set<ChunkName>();
  const all = new Set<ChunkName>();
  const files = new Set<string>();
  for (
    let contents = store.files.acknowledgedContents(0, limits.missingNamesMax);
    contents.length > 0;
    contents = store.files.acknowledgedContents(contents.at(-1)?.place ?? 0, limits.missingNamesMax)
  )
    for (const content of contents) {
      if (content.place <= place) files.add(content.file);
      for (const name of content.chunks) {
        all.add(name);
        if (content.place <= place) seen.add(name);
      }
    }
  return { seen, files, total: all.size };
}

function takeUnseen(contents: readonly NamedContent[], seen: Set<ChunkName>): readonly AwaitedChunk[] {
  const awaited: AwaitedChunk[] = [];
  for (const content of contents)
    for (const [index, name] of content.chunks.entries()) {
      if (seen.has(name)) continue;
      seen.add(name);
      awaited.push({ content, name, index });
    }
  return awaited;
}

interface Checked {
  readonly faults: readonly Finding[];
  readonly fetchedBytes: number;
}

async function askAll(run: VerifyRun, awaited: readonly AwaitedChunk[]): Promise<Checked> {
  const missing = new Set<ChunkName>();
  for (let start = 0; start < awaited.length; start += limits.missingNamesMax) {
    const names = awaited.slice(start, start + limits.missingNamesMax).map(({ name }) => name);
    const found = await run.connection.missingChunks(run.log.log, names, run.signal);
    if (found === null) throw anotherLog(run.connection.address);
    for (const name of found) missing.add(name);
  }
  const faults: Finding[] = [];
  for (const chunk of awaited)
    if (missing.has(chunk.name)) faults.push(await describe(run, chunk, 'chunk-missing'));
  return { faults, fetchedBytes: 0 };
}

async function fetchAll(
  run: VerifyRun,
  awaited: readonly AwaitedChunk[],
  onFetched: (fetched: number) => void,
): Promise<Checked> {
  const buffers: Uint8Array[] = [];
  const faults: Finding[] = [];
  let fetchedBytes = 0;
  let fetched = 0;
  await runParallel(awaited, fetchesAtOnce, async (chunk) => {
    run.signal.throwIfAborted();
    const buffer = buffers.pop() ?? new Uint8Array(limits.chunkBytesMax);
    const sealed = await run.connection.readChunk(chunk.name, run.signal, buffer);
    const fault = sealed === null ? 'chunk-missing' : await findFault(run, chunk, sealed);
    if (fault !== null) faults.push(await describe(run, chunk, fault));
    fetchedBytes += sealed?.length ?? 0;
    buffers.push(buffer);
    fetched += 1;
    onFetched(fetched);
  });
  return { faults, fetchedBytes };
}

async function findFault(
  { primitives, keyring }: VerifyRun,
  { content, name, index }: AwaitedChunk,
  sealed: Uint8Array,
): Promise<ChunkFault | null> {
  const [hash = new Uint8Array()] = await primitives.hashMany([sealed]);
  if (bytesToHex(hash) !== name) return 'chunk-altered';
  const opened = await openChunk(primitives, keyring, sealed, { fileBytes: content.bytes, index });
  return opened.ok ? null : 'chunk-unreadable';
}

function anotherLog(address: string): IntegrityError {
  return explainContradiction(address, {
    kind: 'contradiction',
    what: 'its log is another one than it said when it was asked first',
  });
}

async function describe(
  run: VerifyRun,
  { content, name }: AwaitedChunk,
  fault: ChunkFault,
): Promise<Finding> {
  return describeChunk(fault, content.name, name, (await run.chunks.get(name)) !== null);
}
