/** One HTTP request, whole. */
export interface TransportRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  /** Names in lower case. Their bytes count: only what the server needs. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  readonly signal: AbortSignal;
}

/** An HTTP answer whose headers have arrived. */
export interface TransportResponse {
  /** A redirect is answered as it came, not followed; where the platform hides its status, 302. */
  readonly status: number;
  header(name: string): string | null;
  /** The body as it arrives; leaving the loop early lets go of the connection. Throws where it is cut off. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** The network, passed in. Rejects with the platform's own error when nothing answers. */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>;
