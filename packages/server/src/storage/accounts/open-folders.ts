/** Folders that are opened when they are used, and closed when others need the room. */
export interface OpenFolders<Id, Opened> {
  /** Runs work with the folder of an id, which stays open until the work ends. Rejects as opening does. */
  use<Result>(id: Id, work: (opened: Opened) => Promise<Result>): Promise<Result>;
  /** Keeps the folder of an id from being closed, once it is open, until what it returns is called. */
  pin(id: Id): () => void;
  /** Those that are open, or being opened. */
  opened(): Iterable<Id>;
  /** No call may follow. */
  close(): Promise<void>;
}

interface Entry<Opened> {
  readonly opening: Promise<Opened>;
  uses: number;
}

/**
 * Folders that were used last stay open. None is closed while it is used or pinned. // SRV-113
 *
 * @param idleMax how many stay open that nobody uses
 */
export function createOpenFolders<Id, Opened extends { close(): Promise<void> }>(
  open: (id: Id) => Promise<Opened>,
  idleMax: number,
): OpenFolders<Id, Opened> {
  const entries = new Map<Id, Entry<Opened>>();
  // A set keeps the order in which its members were put in: who was not used for the longest time is first.
  const idle = new Set<Id>();
  const pins = createPins<Id>();
  const closing = new Map<Id, Promise<void>>();

  const take = (id: Id): Entry<Opened> => {
    const entry = entries.get(id) ?? {
      opening: Promise.resolve(closing.get(id)).then(() => open(id)),
      uses: 0,
    };
    entries.set(id, entry);
    idle.delete(id);
    entry.uses += 1;
    return entry;
  };

  const closeOne = (id: Id): void => {
    // What it has is on the disk, and whether it can be opened again the next one finds out.
    const closed = Promise.resolve(entries.get(id)?.opening.then((opened) => opened.close())).catch(() => {});
    entries.delete(id);
    idle.delete(id);
    const ended = closed.then(() => void closing.delete(id));
    closing.set(id, ended);
  };

  const rest = (id: Id): void => {
    if (entries.get(id)?.uses !== 0 || pins.has(id)) return;
    idle.add(id);
    for (const first of idle) {
      if (idle.size <= idleMax) return;
      closeOne(first);
    }
  };

  return {
    use: async (id, work) => {
      const entry = take(id);
      try {
        return await work(await entry.opening);
      } catch (error) {
        await entry.opening.catch(() => {
          // The next one tries again.
          if (entries.get(id) === entry) entries.delete(id);
        });
        throw error;
      } finally {
        entry.uses -= 1;
        rest(id);
      }
    },
    pin: (id) => {
      pins.add(id);
      idle.delete(id);
      return () => {
        pins.remove(id);
        rest(id);
      };
    },
    opened: () => entries.keys(),
    close: async () => {
      for (const id of entries.keys()) closeOne(id);
      await Promise.all(closing.values());
    },
  };
}

/** How often each of some things is held. */
function createPins<Id>() {
  const countById = new Map<Id, number>();
  return {
    has: (id: Id): boolean => countById.has(id),
    add: (id: Id): void => void countById.set(id, (countById.get(id) ?? 0) + 1),
    remove: (id: Id): void => {
      const left = (countById.get(id) ?? 1) - 1;
      if (left > 0) countById.set(id, left);
      else countById.delete(id);
    },
  };
}
