export {
  DataansError,
  isUuid,
  limits,
  parseUuid,
  type ChunkName,
  type DeviceId,
  type EntityId,
  type EntityKind,
  type ErrorCode,
  type LogId,
  type OperationId,
} from '@dataans/core';
export { PassphraseNeededError } from './account/sign-in-refusals.ts';
export type { Access } from './connection/access.ts';
export { accessToPlain, type PlainAccess } from './account/plain-access.ts';
export { isReadableOnItsWay, parseServerAddress } from './account/server-address.ts';
export type { ByteRange, FileProgress, FileSource } from './files/files.ts';
export type { ExportFormat, ExportReport } from './export/export-folder.ts';
export type { HistoryEntry, RevisionChange } from './history/history-entry.ts';
export { countChanges, type RestoreReport, type RestoreTally } from './history/restore-report.ts';
export { SourceFault, type SkippedPath, type SkipReason } from './import/folder-source.ts';
export { createHome } from './home/create-home.ts';
export type { Cancel, Named, WithProgress } from './home/call-options.ts';
export type {
  AttachProgress,
  Attachable,
  HomeNotes,
  LinkedWindow,
  NewNote,
  Note,
  NoteBase,
  NoteChange,
  TagQuery,
  WriteOptions,
  Written,
} from './home/home-notes.ts';
export type {
  DaysQuery,
  HomeHistory,
  PastSpace,
  RestoreProgress,
  RunRestoreOptions,
} from './home/home-history.ts';
export type {
  ExportTarget,
  FolderExported,
  HomeFolders,
  ImportSource,
  RunExportOptions,
  RunImportOptions,
} from './home/home-folders.ts';
export type { ChosenFile } from './import/files-source.ts';
export type { LineDifference } from './history/line-differences.ts';
export type { PastQuery, PastWindow } from './history/past-window.ts';
export type { RestoreRequest } from './history/restore.ts';
export type { HomeDraft, HomeDrafts } from './home/home-drafts.ts';
export type { DraftText } from './drafts/write-drafts.ts';
export type { DraftPlace, DraftRow } from './store/drafts.ts';
export type {
  AccessQuestion,
  AccountState,
  DeviceRow,
  Home,
  HomeAccount,
  HomeFiles,
  HomeSpaces,
  HomeSync,
  NewPassword,
  NewSpace,
  PasswordChanged,
  RunSyncOptions,
  RunVerifyOptions,
  SignInDetails,
  SignInResult,
  SpaceChange,
  SyncEvent,
  SyncResult,
  WatchHomeOptions,
} from './home/home.ts';
export type { HomeLive, OnError } from './home/home-live.ts';
export type { HomeStatus } from './home/home-status.ts';
export type { FoundEntity, HomeIds, IdQuery } from './home/home-ids.ts';
export type { HomePlatform } from './home/home-platform.ts';
export type { Met } from './home/home-rooms.ts';
export type { WatchState } from './home/watch-state.ts';
export type { ImportReport, Tally } from './import/import-report.ts';
export { type FoundLink } from './links/find-links.ts';
export { findReferences, type Reference } from './links/find-references.ts';
export type { NoteLink } from './linked-notes/list-links.ts';
export type { LinkedEntity } from './linked-notes/resolve-link.ts';
export type { Stop } from './live/live-query.ts';
export type { Recorded } from './notebook/notebook.ts';
export { createSecret, type Secret } from './platform/secret.ts';
export type { QuarantineCounts, QuarantinedOperation, QuarantineReason } from './store/local-log.ts';
export type { ClockLeftAhead } from './store/clock-left-ahead.ts';
export type { Span } from './store/find-spans.ts';
export type { ChangedDay } from './store/changed-days.ts';
export type { TagCount } from './store/mentions.ts';
export type { FoundNote, Indexing, SearchQuery, SearchResult } from './store/text-search.ts';
export type { NoteKey } from './store/windows/note-key.ts';
export type { FileRow, NoteRow } from './store/windows/note-row.ts';
export { noteTitle } from './store/windows/note-title.ts';
export type {
  DayCount,
  NoteQuery,
  NoteWindow,
  SpaceName,
  SpaceRow,
  StreamPlace,
  TrashPage,
  TrashQuery,
} from './store/windows/windows.ts';
export type { FileState } from './sync/contents.ts';
export type { FetchPolicy } from './files/fetch-policy.ts';
export type { ClockDifference } from './status/clock-difference.ts';
export type { Healing } from './status/last-healing.ts';
export { type MassDeletion } from './status/mass-deletion.ts';
export type { SyncProgress } from './sync/sync-progress.ts';
export type { StatusProblem, SyncStatus } from './status/sync-status.ts';
export { findingTone, type Finding, type FindingKind, type FindingTone } from './findings/finding.ts';
export type { FindingList } from './findings/finding-list.ts';
export type { VerifyProgress, VerifyReport } from './verify/verification.ts';
export type { Clock } from './platform/clock.ts';
export type { Transport, TransportRequest, TransportResponse } from './platform/transport.ts';
