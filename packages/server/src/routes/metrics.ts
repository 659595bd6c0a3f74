import { utf8ToBytes } from '@dataans/core';
import type { ChunkStore } from '../chunks/chunk-store.ts';
import type { LogStore } from '../log/log-store.ts';
import type { CallerCounts } from '../metrics/caller-counts.ts';
import { metricsToText, prometheusMediaType } from '../metrics/prometheus.ts';
import type { RequestMetrics } from '../metrics/request-metrics.ts';
import type { StorageHealth } from '../stores/storage-health.ts';
import { bytesResponse } from './responses.ts';
import type { Route } from './route.ts';

export interface MetricsDependencies {
  readonly log: LogStore;
  readonly chunks: ChunkStore;
  readonly metrics: RequestMetrics;
  readonly callers: CallerCounts;
  readonly storageHealth: () => Promise<StorageHealth>;
  /** Resident memory of the process, in bytes. */
  readonly memoryBytes: () => number;
}

/** Figures for Prometheus. */
export function metricsRoutes(dependencies: MetricsDependencies): readonly Route[] {
  const { log, chunks, metrics, callers, storageHealth, memoryBytes } = dependencies;
  return [
    {
      method: 'GET',
      path: '/metrics',
      access: 'identified',
      handle: async () => {
        const [head, usage] = [await log.head(), await chunks.usage()];
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
          gauge('dataans_operations', 'Operations in the log.', head.seq),
          gauge('dataans_chunks', 'Chunks stored.', usage.count),
          gauge('dataans_chunk_bytes', 'Bytes of all chunks stored.', usage.bytes),
          ...(freeBytes === null
            ? []
            : [gauge('dataans_storage_free_bytes', 'Bytes that can still be stored.', freeBytes)]),
          gauge('dataans_event_streams', 'Event streams that are open.', eventStreams),
          gauge('process_resident_memory_bytes', 'Resident memory size in bytes.', memoryBytes()),
        ]);
        return bytesResponse(utf8ToBytes(text), prometheusMediaType);
      },
    },
  ];
}

function gauge(name: string, help: string, value: number) {
  return { name, help, type: 'gauge', samples: [{ value }] } as const;
}
