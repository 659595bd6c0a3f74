import type { Files } from '../files/files.ts';
import type { Notebook } from '../notebook/notebook.ts';
import type { SyncEngine } from '../sync/sync-engine.ts';
import type { Session } from './create-session.ts';
import { iterateWithin, type Lifetime } from './lifetime.ts';

/** The session, for as long as the lifetime lasts: syncs, transfers and reads end with it, recordings are finished. */
export function liveSession(session: Session, lifetime: Lifetime): Session {
  const { engine, notebook, files, sealAttachments, archiveProof, contents, transfers, verify, fetchChunk } =
    session;
  return {
    engine: endEngine(engine, lifetime),
    notebook: finishRecordings(notebook, lifetime),
    files: endFiles(files, lifetime),
    sealAttachments: (attachables, options = {}) =>
      lifetime.run((signal) => sealAttachments(attachables, { ...options, signal }), options.signal),
    archiveProof: {
      make: (manifest) => lifetime.run(() => archiveProof.make(manifest)),
      isOwn: (manifest) => lifetime.run(() => archiveProof.isOwn(manifest)),
    },
    contents: {
      ...contents,
      fetch: (file, given) => lifetime.run((signal) => contents.fetch(file, signal), given),
      release: (file, given) => lifetime.run((signal) => contents.release(file, signal), given),
    },
    transfers,
    verify: (options = {}) => lifetime.run((signal) => verify({ ...options, signal }), options.signal),
    fetchChunk: (name, given) => lifetime.run((signal) => fetchChunk(name, signal), given),
  };
}

function endEngine(engine: SyncEngine, lifetime: Lifetime): SyncEngine {
  return {
    ...engine,
    sync: (options = {}) => lifetime.run((signal) => engine.sync({ ...options, signal }), options.signal),
    watch: (options) => lifetime.run((signal) => engine.watch({ ...options, signal }), options.signal),
  };
}

function endFiles(files: Files, lifetime: Lifetime): Files {
  return {
    seal: (source, onProgress) =>
      lifetime.run((signal) =>
        files.seal({ bytes: source.bytes, pieces: () => until(signal, source.pieces()) }, onProgress),
      ),
    open: (file, options) => iterateWithin(lifetime, files.open(file, options)),
    isHeld: (file) => lifetime.run(() => files.isHeld(file)),
  };
}

async function* until(signal: AbortSignal, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    signal.throwIfAborted();
    yield piece;
  }
}

function finishRecordings(notebook: Notebook, lifetime: Lifetime): Notebook {
  return {
    nameDevice: (name) => lifetime.run(() => notebook.nameDevice(name)),
    addSpace: (name, folder, appearance) => lifetime.run(() => notebook.addSpace(name, folder, appearance)),
    renameSpace: (space, name) => lifetime.run(() => notebook.renameSpace(space, name)),
    editSpace: (space, change) => lifetime.run(() => notebook.editSpace(space, change)),
    removeSpace: (space) => lifetime.run(() => notebook.removeSpace(space)),
    addNote: (note, options) => lifetime.run(() => notebook.addNote(note, options)),
    editNote: (base, change, options) => lifetime.run(() => notebook.editNote(base, change, options)),
    removeNote: (base, options) => lifetime.run(() => notebook.removeNote(base, options)),
    changeNotes: (notes, change, options) => lifetime.run(() => notebook.changeNotes(notes, change, options)),
    removeNotes: (notes, options) => lifetime.run(() => notebook.removeNotes(notes, options)),
    revert: (recorded, options) => lifetime.run(() => notebook.revert(recorded, options)),
    record: (plan, options) => lifetime.run(() => notebook.record(plan, options)),
  };
}
