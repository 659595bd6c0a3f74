import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { createApplicationHost } from './application-host.ts';
import { createCertsEndpoint, type CertsEndpoint } from './certs-endpoint.ts';
import type { Application } from './claims.ts';
import type { Verdict } from './identify.ts';
import { openListener, type Listener } from './listener.ts';
import { createLoginCodes } from './login-codes.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { defaultSettings, type EdgeSettings } from './settings.ts';
import { createSigningKeys, type SigningKeys } from './signing-keys.ts';
import { createTeamDomain } from './team-domain.ts';
import { createTlsIdentity } from './tls-identity.ts';

/** A stand-in for Cloudflare's edge with one Access application, on this machine. */
export interface Edge {
  readonly application: Application;
  readonly keys: SigningKeys;
  readonly sessions: Sessions;
  readonly certs: CertsEndpoint;
  /** PEM of what vouches for its TLS; `null` without TLS. */
  readonly certificate: string | null;
  /** The application listens there from now on. */
  relayTo(origin: string): void;
  close(): Promise<void>;
}

export interface EdgeOptions extends Partial<EdgeSettings> {
  /** Default: the machine's. */
  readonly now?: () => number;
  /** Told of every request to the application. */
  readonly onRequest?: (request: IncomingMessage, verdict: Verdict) => void;
}

/**
 * Two origins, as in the real thing: their hosts differ, since browsers keep cookies by host and
 * not by port.
 */
export async function startEdge(options: EdgeOptions = {}): Promise<Edge> {
  const { now = Date.now, onRequest = () => undefined, ...given } = options;
  const settings: EdgeSettings = { ...defaultSettings, ...given };
  const tls = settings.isTls ? await createTlsIdentity(now()) : null;
  const keys = await createSigningKeys(now);
  const listeners: Listener[] = [];
  const close = async () => {
    await Promise.all(listeners.map((listener) => listener.close()));
  };
  try {
    const host = await openListener(settings.port, tls);
    listeners.push(host);
    const team = await openListener(settings.teamPort, tls);
    listeners.push(team);
    const application = describeApplication(settings, host.port, team.port);
    const sessions = createSessions({ keys, application, lifetimes: settings, now });
    const certs = createCertsEndpoint(keys);
    const codes = createLoginCodes();
    let { origin } = settings;
    team.answerWith(createTeamDomain({ settings, application, sessions, codes, certs }));
    host.answerWith(
      createApplicationHost({
        settings,
        application,
        keys,
        sessions,
        codes,
        now,
        origin: () => origin,
        onRequest,
      }),
    );
    return {
      application,
      keys,
      sessions,
      certs,
      certificate: tls?.cert ?? null,
      relayTo: (address) => {
        origin = address;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function describeApplication(settings: EdgeSettings, port: number, teamPort: number): Application {
  const scheme = settings.isTls ? 'https' : 'http';
  const hostname = `127.0.0.1:${port}`;
  return {
    address: `${scheme}://${hostname}`,
    hostname,
    team: `${scheme}://localhost:${teamPort}`,
    audience: settings.audience ?? createHash('sha256').update(hostname).digest('hex'),
  };
}
