import type { Context, GlobalOptions } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';

/** A command, ready to run. Its code is loaded when it is called. */
export type Work = (context: Context) => Promise<ExitCode>;

/** Runs a command with the options that every command takes. */
export type Act = (options: GlobalOptions, work: Work) => Promise<void>;

/** The same, with those options read from what was typed. */
export type ActHere = (work: Work) => Promise<void>;
