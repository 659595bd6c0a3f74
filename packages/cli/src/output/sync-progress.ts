import type { SyncProgress } from '@dataans/client';
import { formatBytes, formatNumber } from './sizes.ts';

const verbByPhase: Readonly<Record<SyncProgress['phase'], string>> = {
  send: 'Sending',
  receive: 'Receiving',
  upload: 'Uploading files',
  download: 'Downloading files',
};

/** `Sending 1,200 of 7,599` */
export function describeProgress({ phase, done, total }: SyncProgress): string {
  const isBytes = phase === 'upload' || phase === 'download';
  const format = (value: number): string => (isBytes ? formatBytes(value) : formatNumber(value));
  return `${verbByPhase[phase]} ${format(done)} of ${format(total)}`;
}
