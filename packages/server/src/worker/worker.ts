// The program of a Worker: `npm run release -- cloudflare` bundles it.
import { waitUntil } from 'cloudflare:workers';
import type { App } from '../answer-routes.ts';
import { OperatorError } from '../operator-error.ts';
import { problemResponse } from '../problems/problem-response.ts';
import { Refusal } from '../problems/refusal.ts';
import { openWorkerApp, type WorkerBindings } from './open-worker-app.ts';

export { AccountObject } from './account-object.ts';

type Environment = WorkerBindings & Readonly<Record<string, unknown>>;

/** One for all requests that this copy of the Worker answers. */
let opened: App | null = null;

/** What Cloudflare calls. */
export default {
  async fetch(request: Request, environment: Environment): Promise<Response> {
    try {
      opened ??= openWorkerApp(environment, { writeLine: console.log, inBackground: waitUntil });
    } catch (error) {
      return refuseToServe(error);
    }
    // The address of the other end. It is never that of this process, so that refusals are held back. // AUTH-22
    const peer = request.headers.get('cf-connecting-ip') ?? 'unknown';
    const answer = opened.fetch(request, { peer, body: null });
    // What is counted meanwhile is put right again, also if the sender goes away.
    waitUntil(answer);
    return answer;
  },
};

/** Whoever has just deployed opens the address and sees what is missing. It is about names of settings, never values. */
function refuseToServe(error: unknown): Response {
  if (!(error instanceof OperatorError)) throw error;
  console.error(error.message);
  return problemResponse(new Refusal('unavailable', error.message));
}
