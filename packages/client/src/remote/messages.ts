import type { CarriedError } from './carried-error.ts';

/** A listener or a signal among the parameters of a call. It stays with the caller, and its number stands for it. */
export interface Handed {
  readonly as: 'listener' | 'signal';
  /** Which parameter. */
  readonly parameter: number;
  /** Of which member of that parameter it is the value; `null` if it is the parameter itself. */
  readonly member: string | null;
}

/** From the caller to the one that serves. A call has a number that no other call on this port has. */
export type Request =
  | {
      readonly kind: 'call';
      readonly id: number;
      /** `notes.window` */
      readonly path: string;
      readonly parameters: readonly unknown[];
      readonly handed: readonly Handed[];
    }
  /** The signal at this index of `handed` was aborted. */
  | { readonly kind: 'abort'; readonly id: number; readonly handed: number }
  /** Nobody listens to this subscription any more. */
  | { readonly kind: 'stop'; readonly id: number };

export type Call = Extract<Request, { readonly kind: 'call' }>;

/** What a listener is told: a plain value, or an error. */
export type Told =
  { readonly as: 'value'; readonly value: unknown } | { readonly as: 'error'; readonly error: CarriedError };

/** From the one that serves to the caller. */
export type Reply =
  | { readonly kind: 'answer'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly error: CarriedError }
  /** For the listener at this index of `handed`. */
  | {
      readonly kind: 'told';
      readonly id: number;
      readonly handed: number;
      readonly parameters: readonly Told[];
    };

export type Message = Request | Reply;
