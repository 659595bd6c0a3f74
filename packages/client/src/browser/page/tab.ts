import type { Stop } from '../../live/live-query.ts';

/** Which tab has the home open, seen from this one. */
export type Leader =
  /** Nobody yet: calls wait. */
  | 'none'
  | 'this'
  | 'other'
  /** The other one has said nothing for three seconds, although it is waited for. */
  | 'asleep'
  /** The other one runs a later version of the program: this page has to be reloaded. */
  | 'newer';

/** This tab among those of its home. */
export interface Tab {
  leader(): Leader;
  /** Tells each change. */
  onLeader(listener: (leader: Leader) => void): Stop;
  /**
   * Makes this tab lead, also if the one that does is asleep. // BRW-10
   *
   * @throws DataansError `busy` if the browser keeps the notes for one that sleeps too deeply
   */
  useHere(): Promise<void>;
}
