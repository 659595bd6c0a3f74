import type { CarriedError } from '../../remote/carried-error.ts';
import type { Message } from '../../remote/messages.ts';

/** A worker that has the home open, from when it opened it until it closes it. */
export interface Term {
  readonly term: string;
  readonly worker: string;
  /** Of its program: a later one has a larger number. */
  readonly version: number;
}

/** What every tab of a home hears. */
export type TabsMessage =
  | { readonly kind: 'who-leads' }
  | ({ readonly kind: 'leading' } & Term)
  /** A page wants to be served, over the channel of the pair. */
  | { readonly kind: 'hello'; readonly term: string; readonly tab: string }
  /** Another tab is to lead: close the home, and keep the lock until it is taken. `null`: whoever leads. // BRW-10 */
  | { readonly kind: 'let-go'; readonly term: string | null }
  | { readonly kind: 'has-let-go'; readonly term: string };

/** Between a page and the worker that serves it, be it of its own tab or of another. */
export type ServingMessage =
  | { readonly kind: 'carried'; readonly message: Message }
  /** This page is served from now on. */
  | { readonly kind: 'welcome' }
  | { readonly kind: 'ping' }
  | { readonly kind: 'pong' };

/** From a page to the worker of its own tab. */
export type OwnWorkerMessage =
  | ServingMessage
  | { readonly kind: 'begin'; readonly name: string; readonly worker: string; readonly version: number }
  /** Leads when its turn comes; at once if it is to take the turn of another one. */
  | { readonly kind: 'claim'; readonly steal: boolean }
  /** The page is about to go. */
  | { readonly kind: 'leave' };

/** From the worker of its own tab. */
export type OwnPageMessage =
  | ServingMessage
  /** It is its turn. */
  | { readonly kind: 'opening' }
  /** It was its turn, and the home could not be opened. */
  | { readonly kind: 'failed'; readonly error: CarriedError }
  /** It has let go of everything. */
  | { readonly kind: 'left' };
