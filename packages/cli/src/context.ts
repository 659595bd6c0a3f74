import type { Home } from '@dataans/client';
import { resolve } from 'node:path';
import { callOf } from './output/call-of.ts';
import type { Output } from './output/print.ts';
import { quoteArgument } from './output/quote-argument.ts';
import type { Environment, Surroundings } from './surroundings.ts';
import type { Terminal } from './terminal/terminal.ts';

/** Options that every command takes. */
export interface GlobalOptions {
  readonly home?: string;
  readonly json?: boolean;
}

/** What a command works with. */
export interface Context extends Output {
  readonly terminal: Terminal;
  /** The app data directory. */
  readonly directory: () => Promise<string>;
  /**
   * Opened at the first call; closed when the command has ended.
   *
   * @throws DataansError `not-signed-in` where there is none: nothing is made then
   */
  readonly home: () => Promise<Home>;
  /** The same where there may be none yet: for signing in, which makes it. */
  readonly newHome: () => Promise<Home>;
  readonly environment: Environment;
  /** What a person types to sign in to a server, on this device. */
  readonly signInCommand: (server: string) => string;
  readonly hostname: string;
  readonly now: () => number;
  readonly interrupt: AbortSignal;
  readonly withoutInterrupt: Surroundings['withoutInterrupt'];
  close(): Promise<void>;
}

export function openContext(options: GlobalOptions, surroundings: Surroundings, terminal: Terminal): Context {
  const { environment, hostname, now, interrupt, withoutInterrupt } = surroundings;
  const call = callOf(options.home);
  const signInCommand = (server: string): string => `${call} sign-in ${quoteArgument(server)}`;
  const directory = once(() => findDirectory(options.home, environment));
  const newHome = once(async () => {
    const { createHome } = await import('@dataans/client');
    const { createNodePlatform } = await import('@dataans/client/node');
    // Programs that ask for JSON read one document on stderr, if any: the error of what could not be done.
    const onReadOnly = ({ message }: Error): void => {
      if (options.json !== true)
        terminal.say(`${message}\nYou can read your notes here, but you can't change them.`);
    };
    const place = { directory: await directory(), environment, signInCommand, onReadOnly };
    return createHome(createNodePlatform(place));
  });
  const home = async (): Promise<Home> => {
    const { homeExists } = await import('@dataans/client/node');
    if (homeExists(await directory())) return newHome();
    const { noHome } = await import('./output/no-home.ts');
    throw noHome(await directory(), options.home);
  };
  return {
    directory,
    home,
    newHome,
    json: options.json === true,
    terminal,
    environment,
    call,
    signInCommand,
    hostname,
    now,
    interrupt,
    withoutInterrupt,
    async close() {
      if (newHome.isCalled())
        await newHome().then(
          (opened) => opened.close(),
          () => undefined,
        );
    },
  };
}

/** The home, in a process that whole files may pass through. */
export async function openTransferringHome(context: Context): Promise<Home> {
  const { setHeapFlags } = await import('@dataans/client/node');
  setHeapFlags();
  return context.home();
}

async function findDirectory(option: string | undefined, environment: Environment): Promise<string> {
  const chosen = [option, environment['DATAANS_HOME']].find((path) => path !== undefined && path !== '');
  if (chosen !== undefined) return resolve(chosen);
  const { default: envPaths } = await import('env-paths');
  return envPaths('dataans', { suffix: '' }).data;
}

interface Once<Result> {
  (): Promise<Result>;
  isCalled(): boolean;
}

function once<Result>(make: () => Promise<Result>): Once<Result> {
  let made: Promise<Result> | null = null;
  return Object.assign(() => (made ??= make()), { isCalled: () => made !== null });
}
