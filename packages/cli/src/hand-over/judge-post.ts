import { createHash, timingSafeEqual } from 'node:crypto';
import { handOverFields, handOverReceiverPath } from '@dataans/core';

/** One request to the loopback port, as far as it is judged. */
export interface Post {
  readonly method: string;
  /** With the query, if any. */
  readonly path: string;
  readonly host: string | null;
  readonly origin: string | null;
  readonly contentType: string | null;
}

export interface Expected {
  readonly port: number;
  readonly state: string;
  /** Of the server whose page posts. */
  readonly serverOrigin: string;
}

/** Why a request is not the answer that is waited for. */
export interface Fault {
  readonly status: 400 | 403 | 404 | 405 | 413 | 415;
  readonly sentence: string;
}

const notFromPage = 'This didn’t come from the page that the command asked you to open.';

/** What is wrong with a request before its body is read; `null` where nothing is. // HND-5 */
export function judgePost(post: Post, { port, serverOrigin }: Expected): Fault | null {
  if (post.host !== `127.0.0.1:${port}`) return { status: 403, sentence: notFromPage };
  if (post.path !== handOverReceiverPath) return { status: 404, sentence: 'There’s nothing here.' };
  if (post.method !== 'POST')
    return { status: 405, sentence: 'Open the address that the command printed instead.' };
  // A page that sends no referrer posts from the origin `null`.
  if (post.origin !== null && post.origin !== 'null' && post.origin !== serverOrigin)
    return { status: 403, sentence: notFromPage };
  if (!/^application\/x-www-form-urlencoded(;|$)/i.test(post.contentType ?? ''))
    return { status: 415, sentence: 'Only a form is accepted here.' };
  return null;
}

/** What is sealed in the body of a form that knows the state. // HND-5 */
export function readForm(body: Uint8Array, state: string): string | Fault {
  const form = new URLSearchParams(new TextDecoder().decode(body));
  const only = (name: string): string => {
    const [value = '', second] = form.getAll(name);
    return second === undefined ? value : '';
  };
  if (!isSame(only(handOverFields.state), state)) return { status: 403, sentence: notFromPage };
  return only(handOverFields.sealed);
}

/** In a time that says nothing about where they differ. */
function isSame(one: string, other: string): boolean {
  return timingSafeEqual(sha256(one), sha256(other));
}

function sha256(text: string): Uint8Array {
  return createHash('sha256').update(text).digest();
}
