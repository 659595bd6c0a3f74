/** How far one part of a sync has come. Totals can grow while it runs. */
export interface SyncProgress {
  readonly phase:
    /** Operations that the server gets. */
    | 'send'
    /** Operations that this device gets. */
    | 'receive'
    /** Bytes of chunks that the server gets. */
    | 'upload'
    /** Bytes of chunks that this device gets. */
    | 'download';
  readonly done: number;
  readonly total: number;
}

export type OnSyncProgress = (progress: SyncProgress) => void;
