import { serverHeader } from '@dataans/core';
import { whyNotReached } from '../why-not-reached.ts';
import { good, problem, warning, type Finding } from './finding.ts';

const timeoutMs = 10_000;
const clockToleranceMs = 30_000;

/** What answers under an address, without a credential. */
export interface AskedServer {
  readonly about: string;
  readonly url: URL;
  /** What to do if nothing answers there. */
  readonly advice: string;
  readonly fetch: typeof fetch;
  readonly now: () => number;
}

/** Asks for the health of a server, as a stranger may, and judges what came back. */
export async function askServer({
  about,
  url,
  advice,
  fetch: ask,
  now,
}: AskedServer): Promise<readonly Finding[]> {
  const health = new URL('/health', url);
  let answer: Response;
  try {
    answer = await ask(health, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
  } catch (error) {
    return [problem(about, `${whyNotReached(url, error)} ${advice}`)];
  }
  if (!answer.headers.has(serverHeader)) return [judgeOther(about, url, answer)];
  const body: unknown = await answer.json().catch(() => null);
  const detail = typeof body === 'object' && body !== null && 'detail' in body ? String(body.detail) : '';
  return [
    answer.ok
      ? good(about, `A Dataans server answers at ${url.origin}.`)
      : problem(about, `The server at ${url.origin} is unavailable. ${detail}`),
    ...judgeClock(answer.headers.get('date'), now()),
  ];
}

/** A login in front of the server is as it should be. */
function judgeOther(about: string, url: URL, answer: Response): Finding {
  const to = answer.headers.get('location');
  if (answer.status >= 300 && answer.status < 400 && to !== null)
    return good(about, `${url.origin} asks for a login first, at ${new URL(to, url).host}.`);
  if (answer.status >= 500)
    return problem(
      about,
      `What stands in front of the server at ${url.origin} answers ${answer.status}. Check that it passes requests to the port that the server listens on.`,
    );
  return warning(
    about,
    `What answers at ${url.origin} isn't a Dataans server (status ${answer.status}). Check DATAANS_PUBLIC_URL and what stands in front of the server.`,
  );
}

function judgeClock(date: string | null, now: number): readonly Finding[] {
  const said = Date.parse(date ?? '');
  if (Number.isNaN(said)) return [];
  const offMs = Math.abs(said - now);
  return offMs <= clockToleranceMs
    ? []
    : [
        warning(
          'clock',
          `The clocks of this machine and of the server differ by ${Math.round(offMs / 1_000)} seconds. Let both be set over the network.`,
        ),
      ];
}
