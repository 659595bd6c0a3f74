import { parseArgs } from 'node:util';
import { defaultSettings, type EdgeSettings } from './settings.ts';

export const help = `Usage: npm run access-edge -- [OPTIONS]

A stand-in for Cloudflare's edge with one Access application, for a server on this machine.

  --origin URL               where the server listens; http://127.0.0.1:8000 unless given
  --port PORT                of the application's host; 8400 unless given, 0 takes any free one
  --team-port PORT           of the team domain; 8401 unless given
  --tls FILE                 speak TLS, and write the certificate to FILE
  --user EMAIL               somebody whom the policy lets in; may be given several times
  --stranger EMAIL           somebody who can log in and whom it does not; likewise
  --session TIME             how long a login lasts at the application, such as 30s, 10m or 24h
  --team-session TIME        how long it lasts at the team
  --lenient-service-tokens   as for teams from before strict checks: a wrong one counts as none
  --service-auth-only        401 instead of the login page
  --bypass PATH              a path with a Bypass policy; may be given several times
  --bypass-keeps-assertion   on those, pass on a Cf-Access-Jwt-Assertion of the caller's own
  --readable-cookie          leave HttpOnly out of the cookie`;

export interface EdgeCommand {
  readonly settings: Omit<EdgeSettings, 'serviceTokens'>;
  /** Where the certificate goes; `null` without TLS. */
  readonly certificateFile: string | null;
}

export type ParsedCommandLine =
  | { readonly kind: 'run'; readonly command: EdgeCommand }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly reason: string };

export function parseCommandLine(args: readonly string[]): ParsedCommandLine {
  try {
    const given = readOptions(args);
    if (given.help === true) return { kind: 'help' };
    return { kind: 'run', command: { settings: toSettings(given), certificateFile: given.tls ?? null } };
  } catch (error) {
    return { kind: 'wrong', reason: error instanceof Error ? error.message : String(error) };
  }
}

type Given = ReturnType<typeof readOptions>;

function readOptions(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      origin: { type: 'string', default: 'http://127.0.0.1:8000' },
      port: { type: 'string', default: '8400' },
      'team-port': { type: 'string', default: '8401' },
      tls: { type: 'string' },
      user: { type: 'string', multiple: true, default: [...defaultSettings.allowed] },
      stranger: { type: 'string', multiple: true, default: [] },
      session: { type: 'string', default: '24h' },
      'team-session': { type: 'string', default: '24h' },
      'lenient-service-tokens': { type: 'boolean', default: false },
      'service-auth-only': { type: 'boolean', default: false },
      bypass: { type: 'string', multiple: true, default: [] },
      'bypass-keeps-assertion': { type: 'boolean', default: false },
      'readable-cookie': { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  }).values;
}

function toSettings(given: Given): EdgeCommand['settings'] {
  return {
    port: parsePort('--port', given.port),
    teamPort: parsePort('--team-port', given['team-port']),
    isTls: given.tls !== undefined,
    origin: parseOrigin(given.origin),
    audience: null,
    users: [...given.user, ...given.stranger],
    allowed: given.user,
    isStrict: !given['lenient-service-tokens'],
    isServiceAuthOnly: given['service-auth-only'],
    bypassPaths: given.bypass,
    bypassKeepsAssertion: given['bypass-keeps-assertion'],
    isCookieHttpOnly: !given['readable-cookie'],
    sessionMs: parseTime('--session', given.session),
    teamSessionMs: parseTime('--team-session', given['team-session']),
  };
}

function parsePort(option: string, text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new Error(`${option} must be a whole number from 0 to 65535, not ${text}.`);
}

function parseOrigin(text: string): string {
  if (URL.canParse(text) && new URL(text).protocol === 'http:') return new URL(text).origin;
  throw new Error(`--origin must be an address such as http://127.0.0.1:8000, not ${text}.`);
}

const msByUnit: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function parseTime(option: string, text: string): number {
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (count !== undefined) return Number(count) * (msByUnit[unit] ?? 0);
  throw new Error(`${option} must be a number with s, m, h or d, such as 30s, not ${text}.`);
}
