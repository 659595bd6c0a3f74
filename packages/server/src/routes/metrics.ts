import { utf8ToBytes } from '@dataans/core';
import type { BackupStatus } from '../backups/look-after-backups.ts';
import type { Accounts, StoredCount } from '../accounts/accounts.ts';
import type { CallerCounts } from '../metrics/caller-counts.ts';
import { metricsToText, prometheusMediaType, type Metric } from '../metrics/prometheus.ts';
import type { RequestMetrics } from '../metrics/request-metrics.ts';
import type { StorageHealth } from '../stores/storage-health.ts';
import { Refusal } from '../problems/refusal.ts';
import { bytesResponse } from './responses.ts';
import type { Route } from './route.ts';

export interface MetricsDependencies {
  readonly accounts: Accounts;
  readonly metrics: RequestMetrics;
  readonly callers: CallerCounts;
  readonly storageHealth: () => Promise<StorageHealth>;
  readonly backupStatus: () => BackupStatus | null;
  /** Resident memory of the process, in bytes; `null` where nobody knows. */
  readonly memoryBytes: () => number | null;
  /** Whether only the operator comes here. Default: no, everybody whom the server knows. */
  readonly isForOperator?: boolean;
}

/** Figures for Prometheus. */
export function metricsRoutes(dependencies: MetricsDependencies): readonly Route[] {
  const { accounts, metrics, callers, storageHealth, backupStatus, memoryBytes } = dependencies;
  const { isForOperator = false } = dependencies;
  return [
    {
      method: 'GET',
      path: '/metrics',
      access: 'identified',
      handle: async () => {
        // SRV-115
        if (accounts.areMany && !isForOperator)
          throw new Refusal(
            'forbidden',
            'The metrics tell of everybody on this server. Whoever runs it reads them at DATAANS_METRICS_PORT.',
          );
        const stored = await accounts.count();
        const { freeBytes } = await storageHealth();
        const { requests, eventStreams } = metrics.read();
        const { signIns, refusals } = callers.read();
        const text = metricsToText([
          {
            name: 'dataans_requests_total',
            help: 'Requests answered, by route and status.',
            type: 'counter',
            samples: requests.map(({ count, ...labels }) => ({ labels, value: count })),
          },
          {
            name: 'dataans_sign_ins_total',
            help: 'Callers accepted, first or after an hour without a request, by method.',
            type: 'counter',
            samples: signIns.map(({ count, ...labels }) => ({ labels, value: count })),
          },
          {
            name: 'dataans_refusals_total',
            help: 'Callers refused, by method and reason.',
            type: 'counter',
            samples: refusals.map(({ count, ...labels }) => ({ labels, value: count })),
          },
          ...(stored === null ? [] : storedMetrics(stored)),
          ...(freeBytes === null
            ? []
            : [gauge('dataans_storage_free_bytes', 'Bytes that can still be stored.', freeBytes)]),
          ...backupMetrics(backupStatus()),
          gauge('dataans_event_streams', 'Event streams that are open.', eventStreams),
          ...memoryMetrics(memoryBytes()),
        ]);
        return bytesResponse(utf8ToBytes(text), prometheusMediaType);
      },
    },
  ];
}

function storedMetrics({ operations, chunks, chunkBytes }: StoredCount): readonly Metric[] {
  return [
    gauge('dataans_operations', 'Operations in the log.', operations),
    gauge('dataans_chunks', 'Chunks stored.', chunks),
    gauge('dataans_chunk_bytes', 'Bytes of all chunks stored.', chunkBytes),
  ];
}

function memoryMetrics(bytes: number | null): readonly Metric[] {
  return bytes === null
    ? []
    : [gauge('process_resident_memory_bytes', 'Resident memory size in bytes.', bytes)];
}

/** A time and not an age, as Prometheus wants it: the age grows between two scrapes as well. // SRV-85 */
function backupMetrics(status: BackupStatus | null): readonly Metric[] {
  if (status === null) return [];
  const at = (name: string, help: string, time: number | null) =>
    time === null ? [] : [gauge(name, help, time / 1_000)];
  return [
    ...at(
      'dataans_backup_last_success_timestamp_seconds',
      'When the last good backup was made.',
      status.made,
    ),
    ...at(
      'dataans_backup_last_check_timestamp_seconds',
      'When the backup was last proved whole.',
      status.proved,
    ),
    {
      name: 'dataans_backup_failures_total',
      help: 'Backups and checks of them that failed.',
      type: 'counter',
      samples: [{ value: status.failures }],
    },
  ];
}

function gauge(name: string, help: string, value: number) {
  return { name, help, type: 'gauge', samples: [{ value }] } as const;
}
