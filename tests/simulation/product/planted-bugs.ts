import type { Trouble } from '../world/plan.ts';

/** A fault that somebody could make: changes of the product's source, which is read with them. */
export interface PlantedBug {
  readonly name: string;
  readonly changes: readonly SourceChange[];
  /** Troubles that every world has in which it is looked for: without them it hardly ever shows. */
  readonly shownBy: readonly Trouble[];
  /** Where to look first: a world that showed it, which later ones need not. 1 unless given. */
  readonly firstSeed?: number;
}

interface SourceChange {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

const client = 'packages/client/src';
const server = 'packages/server/src';
const core = 'packages/core/src';
const merge = 'packages/core/src/merge';

export const plantedBugs: readonly PlantedBug[] = [
  {
    name: 'server acknowledges a chunk before it is synced',
    shownBy: ['files', 'outages'],
    firstSeed: 62,
    changes: [
      {
        file: `${server}/storage/disk/write-body.ts`,
        find: 'if (accepted) await file.datasync();',
        replace: '',
      },
    ],
  },
  {
    name: 'device acknowledges an operation before it is synced',
    shownBy: ['kills'],
    changes: [
      {
        file: `${client}/store/create-local-log.ts`,
        find: 'appendRevisions(tables, revisions, seen, reading, beside))',
        replace: "appendRevisions(tables, revisions, seen, reading, beside), 'soon')",
      },
    ],
  },
  {
    name: 'neither side compares the chain where a device goes on',
    shownBy: ['restores'],
    changes: [
      {
        file: `${client}/sync/push.ts`,
        find: 'pull(run, state.cursor, named);',
        replace: 'pull(run, state.cursor);',
      },
      {
        file: `${server}/storage/sql/sql-log.ts`,
        find: 'if (known === null || (chain !== null && !equalBytes(known, chain)))',
        replace: 'if (known === null)',
      },
    ],
  },
  {
    name: 'device takes the word of the server for the chain after its batch',
    shownBy: ['restores', 'clones'],
    changes: [
      {
        file: `${client}/sync/push.ts`,
        find: 'requireNamedChain(run.connection.address, chain, namedHead(appended));',
        replace: 'chain.set(namedHead(appended).chain);',
      },
    ],
  },
  {
    name: 'cursor is saved before the page',
    shownBy: ['kills'],
    firstSeed: 12,
    changes: [
      {
        file: `${client}/store/create-local-log.ts`,
        find: 'nowMs, durability) =>\n      transactions.write(() => {',
        replace:
          'nowMs, durability) =>\n      (transactions.write(() => tables.followed.follow(operations.length, cursor)),' +
          ' transactions).write(() => {',
      },
      {
        file: `${client}/store/apply-page.ts`,
        find: '  tables.followed.follow(operations.length, cursor);\n',
        replace: '',
      },
    ],
  },
  {
    name: 'last row of a full step is dropped',
    shownBy: ['bulk'],
    changes: [
      {
        file: `${client}/store/apply-page.ts`,
        find: 'for (const received of operations) receive(page, received);',
        replace:
          'for (const received of operations.length === 2 ? operations.slice(0, -1) : operations) receive(page, received);',
      },
    ],
  },
  {
    name: 'a retry seals anew',
    shownBy: ['weather'],
    changes: [sealAnew()],
  },
  {
    name: 'other bytes under a known id are passed over',
    shownBy: ['weather'],
    changes: [
      sealAnew(),
      {
        file: `${server}/log/plan-append.ts`,
        find: 'else if (equalBytes(known, envelopeHash)) already.push(place);',
        replace: 'else if (place >= 0) already.push(place);',
      },
    ],
  },
  {
    name: 'text is that of the last write',
    shownBy: [],
    changes: [
      {
        file: `${merge}/merge-values.ts`,
        find: 'text: text.text, files',
        replace: 'text: later.text, files',
      },
    ],
  },
  {
    name: 'a deletion beats an edit that it has not seen',
    shownBy: [],
    firstSeed: 13,
    changes: [
      {
        file: `${merge}/merge-revisions.ts`,
        find: 'heads.every(({ operation }) => operation.deleted)',
        replace: 'heads.some(({ operation }) => operation.deleted)',
      },
    ],
  },
  {
    name: 'heads merge in the order in which they came',
    shownBy: [],
    changes: [
      {
        file: `${merge}/merge-revisions.ts`,
        find: 'findHeadIds(lineage).map(read).toSorted(compareRevisions)',
        replace: 'findHeadIds(lineage).map(read)',
      },
      {
        file: `${merge}/lineage.ts`,
        find: '.filter((id) => !below.has(id)).toSorted()',
        replace: '.filter((id) => !below.has(id))',
      },
    ],
  },
  {
    name: 'an edit overwrites what arrived while the person wrote',
    shownBy: ['thinking'],
    firstSeed: 39,
    changes: [
      {
        file: `${client}/notebook/note-changes.ts`,
        find: 'planNoteChange(entities, seen, change)',
        replace: 'planNoteChange(entities, readKnownNote(entities, base.id), change)',
      },
    ],
  },
  {
    name: 'of several that changed one line only the first stays',
    shownBy: [],
    firstSeed: 22,
    changes: [
      {
        file: `${merge}/merge-text.ts`,
        find: '...parts.flat(),',
        replace: '...(parts[0] ?? []),',
      },
    ],
  },
  {
    name: 'of two heads one is forgotten when another revision comes',
    shownBy: [],
    changes: [
      {
        file: `${client}/store/revision-batch.ts`,
        find: 'changed.otherHeads = left;',
        replace: 'changed.otherHeads = left.slice(1);',
      },
    ],
  },
  {
    name: 'a clone keeps its device id',
    shownBy: ['clones'],
    firstSeed: 3,
    changes: [
      {
        file: `${client}/store/apply-page.ts`,
        find: 'if (stored.some((operation) => operation.device === device))',
        replace: 'if (stored.length < 0)',
      },
    ],
  },
  {
    name: 'a chunk stands in its place before it is whole',
    shownBy: ['files', 'outages'],
    changes: [
      {
        file: `${server}/storage/disk/disk-chunks.ts`,
        find: 'const path = join(incoming, options.newFileName());',
        replace: 'await folders.make(name);\n      const path = pathOfChunk(root, name);',
      },
    ],
  },
  {
    name: 'a file counts as whole before its chunks are synced',
    shownBy: ['files', 'kills'],
    firstSeed: 50,
    changes: [
      {
        file: `${client}/sync/flushes.ts`,
        find: '    await chunks.flush();\n',
        replace: '',
      },
    ],
  },
  {
    name: 'the outbox is cleared when the server fails',
    shownBy: ['weather'],
    firstSeed: 4,
    changes: [
      {
        file: `${client}/sync/push.ts`,
        find: '  const answer = await answering;\n',
        replace:
          '  const answer = await answering.catch((error) => {\n' +
          '    run.store.log.acknowledge(places(rows), null);\n    throw error;\n  });\n',
      },
    ],
  },
  {
    name: 'healing sends nothing again',
    shownBy: ['restores'],
    changes: [
      {
        file: `${client}/store/create-local-log.ts`,
        find: '        tables.outbox.addFollowed(cursor.seq);\n',
        replace: '',
      },
    ],
  },
  {
    name: 'the server of somebody else is taken for ours',
    shownBy: ['strangers'],
    firstSeed: 7,
    changes: [
      {
        file: `${client}/sync/require-own-account.ts`,
        find: '  throw otherAccount(run.connection.address);\n',
        replace: '',
      },
    ],
  },
  {
    name: 'a record that a server was put back to is taken for a newer one',
    shownBy: ['passwords', 'restores'],
    changes: [
      {
        file: `${client}/account/judge-record.ts`,
        find: 'if (revision < revisionOf(kept))',
        replace: 'if (revision < 0)',
      },
    ],
  },
  {
    name: 'a changed password is not noticed in the next sync',
    shownBy: ['passwords'],
    changes: [
      {
        file: `${client}/sync/check-account.ts`,
        find: 'named !== null && named !== readAccountTag(store.facts)',
        replace: 'named === null',
      },
      {
        file: `${client}/sync/check-due.ts`,
        find: 'const checkEveryMs = 24 ',
        replace: 'const checkEveryMs = 24_000 ',
      },
    ],
  },
  {
    name: 'a record is kept that nobody with the keys made',
    shownBy: ['lies', 'passwords'],
    firstSeed: 7,
    changes: [
      {
        file: `${client}/account/judge-record.ts`,
        find: "if (proven === null) return { kind: 'unproven' };",
        replace: "if (proven === null) return { kind: 'newer', keys: [], passphrase: null };",
      },
    ],
  },
  {
    name: 'operations go before their chunks',
    shownBy: ['files', 'kills'],
    changes: [
      {
        file: `${client}/sync/push.ts`,
        find: 'store.log.outbox({ ...bounds, files: transfers.ready() })',
        replace:
          'store.log.outbox(transfers.ready().size < 0 ? { ...bounds, files: transfers.ready() } : bounds)',
      },
    ],
  },
  {
    name: 'a change is not one transaction',
    shownBy: ['kills'],
    changes: [
      { file: `${client}/store/transactions.ts`, find: '    database.exec(begin);\n', replace: '' },
      { file: `${client}/store/transactions.ts`, find: "      database.exec('COMMIT');\n", replace: '' },
    ],
  },
  {
    name: 'a clock that was ahead goes on ahead',
    shownBy: ['clocks'],
    firstSeed: 6,
    changes: [
      {
        file: `${core}/operations/clock.ts`,
        find: 'return last.at > nowMs + clockLeftAheadMs;',
        replace: 'return false;',
      },
    ],
  },
  {
    name: 'an edit is stamped by the clock alone',
    shownBy: ['clocks'],
    changes: [
      {
        file: `${core}/operations/clock.ts`,
        find: 'return stampAfter(latestParent);',
        replace: 'return reading;',
      },
    ],
  },
  {
    name: 'a stamp from the future is believed',
    shownBy: ['clocks'],
    firstSeed: 24,
    changes: [{ file: `${client}/store/revision-batch.ts`, find: 'at > byMs || ', replace: '' }],
  },
  {
    name: 'nothing is said of when a stamp from the future arrived',
    shownBy: ['clocks'],
    firstSeed: 24,
    changes: [
      {
        file: `${core}/merge/effective-times.ts`,
        find: 'Math.min(operation.at, held)',
        replace: 'operation.at',
      },
    ],
  },
  {
    name: 'an edit keeps only the members that its program knows',
    shownBy: ['newer-programs'],
    changes: [
      {
        file: `${client}/notebook/plan-changes.ts`,
        find: 'const value = { ...note.value, ...withoutUndefined(change) };',
        replace:
          'const { space, name, text, files, pinned } = note.value;\n' +
          '  const value = { space, name, text, files, pinned, ...withoutUndefined(change) };',
      },
    ],
  },
  {
    name: 'a merge keeps only the members that its latest side has',
    shownBy: ['newer-programs'],
    firstSeed: 18,
    changes: [
      {
        file: `${merge}/merge-fields.ts`,
        find: 'const kept = [...merged].filter(([, member]) => member !== undefined);',
        replace:
          'const latest = membersOf(sides.at(-1) ?? {});\n' +
          '  const kept = [...merged].filter(([name, member]) => member !== undefined && latest.has(name));',
      },
    ],
  },
  {
    name: 'nobody compares what others have seen of the log',
    shownBy: ['forks'],
    firstSeed: 4,
    changes: [
      {
        file: `${client}/witness/judge-witness.ts`,
        find: 'if (ours === null || ours === chain) return null;',
        replace: "if (ours !== '') return null;",
      },
    ],
  },
  {
    name: 'what a server holds back is passed over',
    shownBy: ['lies'],
    firstSeed: 20,
    changes: [
      {
        file: `${client}/store/apply-page.ts`,
        find: "unusable.push({ id, seq, reason: reason === 'pruned' ? 'withheld' : reason, content });",
        replace: "if (reason !== 'pruned') unusable.push({ id, seq, reason, content });",
      },
    ],
  },
  {
    name: 'what was held back is never asked for again',
    shownBy: ['lies'],
    firstSeed: 20,
    changes: [
      { file: `${client}/sync/operations-lane.ts`, find: '    await fetchAwaited(run);\n', replace: '' },
    ],
  },
  {
    name: 'nothing is sealed',
    shownBy: [],
    changes: [
      {
        file: `${client}/node/primitives.ts`,
        find: '  sealed.set(cipher.update(plaintext));\n',
        replace: '  cipher.update(plaintext);\n  sealed.set(plaintext);\n',
      },
      {
        file: `${client}/node/primitives.ts`,
        find: '  const plaintext = decipher.update(sealed.subarray(0, tagStart));\n',
        replace:
          '  const plaintext = Buffer.from(sealed.subarray(0, tagStart));\n  return asBytes(plaintext);\n',
      },
    ],
  },
];

function sealAnew(): SourceChange {
  return {
    file: `${client}/sync/push.ts`,
    find: '  const { rows, frames, body } = batch;\n',
    replace:
      '  const { rows } = batch;\n' +
      "  const core = await import('@dataans/core');\n" +
      '  const opened = await core.openEnvelopes(run.primitives, run.keyring, rows);\n' +
      '  const anew = rows.map(({ id }, index) => ({ id, encoded: opened[index].encoded }));\n' +
      '  const sealed = await core.sealEnvelopes(run.primitives, run.keyring.current, anew);\n' +
      "  const frames = rows.map(({ id }, index) => ({ kind: 'envelope', id, body: sealed[index] }));\n" +
      '  const body = core.encodeFrames(frames);\n',
  };
}
