import { DataansError, parseServerAddress } from '@dataans/client';
import { readHeldAccess, readHomeProfile } from '@dataans/client/node';
import { readBuiltApp, type WebApp } from '@dataans/web/served';
import { startAppServer, type AppServer } from '../app/app-server.ts';
import { createPassOn } from '../app/pass-on.ts';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { openBrowser } from '../hand-over/open-browser.ts';
import { print, printResult } from '../output/print.ts';
import { UsageError } from '../usage-error.ts';

/**
 * Always the same: what a browser keeps belongs to the address, its port included, and on another one it would begin
 * anew.
 */
const usualPort = 8010;

export interface AppOptions {
  readonly port?: number;
  readonly open?: boolean;
  readonly hash?: boolean;
}

/** Serves the app on this machine until Ctrl-C, or prints which app that would be. */
export async function serveAppHere(
  context: Context,
  url: string | undefined,
  options: AppOptions,
): Promise<ExitCode> {
  const built = requireApp();
  const { hash } = built;
  if (options.hash === true) return print(context, { json: () => ({ hash }), text: () => hash });
  const directory = await context.directory();
  const server = url === undefined ? serverOfHome(directory) : parseServerAddress(url);
  const { environment, interrupt } = context;
  const heldAccess = readHeldAccess(directory, server);
  const passOn = createPassOn({ server, heldAccess, environment });
  const { address, close } = await start(built, passOn, options.port ?? usualPort);
  try {
    const app = `${address}/app/`;
    await printResult(context, {
      json: () => ({ address: app, server, hash }),
      text: () => app,
    });
    context.terminal.hint(`The notes of ${server}, by an app from this machine. Stop with Ctrl-C.`);
    if (options.open === true) openBrowser(app, environment);
    await untilAborted(interrupt);
  } finally {
    await close();
  }
  return exitCodes.done;
}

function requireApp(): WebApp {
  const built = readBuiltApp();
  if (built !== null) return built;
  throw new DataansError('not-found', "The app isn't built yet.", {
    advice: 'In the folder of Dataans, run: npm run build',
  });
}

function serverOfHome(directory: string): string {
  const profile = readHomeProfile(directory);
  if (profile !== null) return profile.server;
  throw new UsageError('Name the server, since this device is signed in to none: dataans app URL');
}

async function start(
  built: WebApp,
  passOn: Parameters<typeof startAppServer>[1],
  port: number,
): Promise<AppServer> {
  try {
    return await startAppServer(built, passOn, port);
  } catch (cause) {
    throw new DataansError('busy', `Port ${port} can't be used. Another program may have it.`, {
      advice:
        'Stop that program, or choose another port with --port. The browser keeps your notes for one port, and starts from scratch on another.',
      cause,
    });
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
