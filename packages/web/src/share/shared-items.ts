/** Where what other apps shared waits: beside the app's own files, and not in the home, which may be signed out. */
export const sharedCacheName = 'dataans shared';

/** Something that another app shared, until a person has put it somewhere. */
export interface SharedItem {
  readonly id: string;
  readonly text: string;
  readonly files: readonly File[];
}

/** The little of a browser's caches that is used. */
export type SharedCaches = Pick<CacheStorage, 'open'>;

/** Any page can send forms here: what waits is bounded, and nothing becomes a note unless a person says so. */
const waitingMax = 20;
const folder = '/app/shared/';

interface KeptItem {
  readonly text: string;
  readonly names: readonly string[];
}

/**
 * The files first, then what names them: what was not kept whole is not there.
 *
 * @throws if there is no more room
 */
export async function keepShared(caches: SharedCaches, { id, text, files }: SharedItem): Promise<void> {
  const cache = await caches.open(sharedCacheName);
  if ((await listItems(cache)).length >= waitingMax) throw new RangeError('Too much waits already.');
  for (const [index, file] of files.entries()) await cache.put(filePath(id, index), new Response(file));
  const kept: KeptItem = { text, names: files.map(({ name }) => name) };
  await cache.put(itemPath(id), Response.json(kept));
}

/** What waits, the oldest first. */
export async function readShared(caches: SharedCaches): Promise<readonly SharedItem[]> {
  const cache = await caches.open(sharedCacheName);
  const items: SharedItem[] = [];
  for (const request of await listItems(cache)) {
    const kept = await cache.match(request);
    if (kept === undefined) continue;
    const { text, names } = (await kept.json()) as KeptItem; // As `keepShared` wrote it.
    const id = new URL(request.url).pathname.slice(folder.length);
    items.push({ id, text, files: await readFiles(cache, id, names) });
  }
  return items;
}

export async function forgetShared(caches: SharedCaches, { id, files }: SharedItem): Promise<void> {
  const cache = await caches.open(sharedCacheName);
  await cache.delete(itemPath(id));
  for (const index of files.keys()) await cache.delete(filePath(id, index));
}

async function readFiles(cache: Cache, id: string, names: readonly string[]): Promise<readonly File[]> {
  const files: File[] = [];
  for (const [index, name] of names.entries()) {
    const kept = await cache.match(filePath(id, index));
    if (kept === undefined) continue;
    const content = await kept.blob();
    files.push(new File([content], name, { type: content.type }));
  }
  return files;
}

async function listItems(cache: Cache): Promise<readonly Request[]> {
  const requests = await cache.keys();
  return requests.filter(({ url }) => !new URL(url).pathname.slice(folder.length).includes('/'));
}

function itemPath(id: string): string {
  return folder + id;
}

function filePath(id: string, index: number): string {
  return `${folder}${id}/${index}`;
}
