import type { Device, HomeData, Process } from './device.ts';
import type { ForkedLog } from './forked-log.ts';
import type { Ledger } from './ledger.ts';
import type { Liar } from './liar.ts';
import type { Losses } from './losses.ts';
import type { Network } from './network.ts';
import type { ServerHost } from './server-host.ts';
import type { Watchfulness } from './watchfulness.ts';

/** Everybody in a world. */
export interface Drama {
  readonly devices: readonly Device[];
  readonly server: ServerHost;
  /** The server of somebody else, which answers at the address once in a while. */
  readonly stranger: ServerHost;
  readonly forked: ForkedLog;
  readonly network: Network;
  readonly liar: Liar;
  readonly ledger: Ledger;
  readonly losses: Losses;
  readonly watchfulness: Watchfulness;
  /** Another device, in a home that was copied. */
  addDevice(home: HomeData): void;
  /** Who answers from now on. */
  answerAs(host: ServerHost): void;
  /** Lets a process work on its own, and looks at how it ends. */
  background(device: Device, what: string, work: (process: Process) => Promise<unknown>): void;
  play(): Promise<void>;
  /** Everything runs again, and nobody lies any more. */
  clearUp(): Promise<void>;
  end(): void;
}

/** In the log of the server of somebody else. */
export const strangerEntries = 12;
