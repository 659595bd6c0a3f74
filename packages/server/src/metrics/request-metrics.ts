export interface RequestMetrics {
  /** Counts one answered request by the pattern of its route, never by its path. */
  answered(method: string, route: string, status: number): void;
  streamOpened(): void;
  streamClosed(): void;
  read(): MetricsSnapshot;
}

export interface MetricsSnapshot {
  readonly requests: readonly RequestCount[];
  readonly eventStreams: number;
}

export interface RequestCount {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly count: number;
}

export function createRequestMetrics(): RequestMetrics {
  const countByKey = new Map<string, RequestCount>();
  let eventStreams = 0;
  return {
    answered: (method, route, status) => {
      const key = `${method} ${route} ${status}`;
      const count = (countByKey.get(key)?.count ?? 0) + 1;
      countByKey.set(key, { method, route, status, count });
    },
    streamOpened: () => void (eventStreams += 1),
    streamClosed: () => void (eventStreams -= 1),
    read: () => ({ requests: [...countByKey.values()], eventStreams }),
  };
}
