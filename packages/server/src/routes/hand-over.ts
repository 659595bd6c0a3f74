import {
  handOverCode,
  handOverFields,
  handOverReceiverPath,
  paths,
  sealHandOver,
  type Hash,
} from '@dataans/core';
import type { Identity } from '../auth/authenticator.ts';
import { Refusal } from '../problems/refusal.ts';
import { isFormerQuestion, parseHandOverQuestion, type HandOverQuestion } from './hand-over-question.ts';
import { escapeHtml, pageResponse } from './page.ts';
import type { Route } from './route.ts';

export interface HandOverDependencies {
  readonly hash: Hash;
  readonly publicUrl: URL | null;
}

/** The page on which a person hands the sign-in of their browser over to a waiting command. // HND-2, HND-3 */
export function handOverRoutes({ hash, publicUrl }: HandOverDependencies): readonly Route[] {
  return [
    {
      method: 'GET',
      path: paths.handOver,
      access: 'identified',
      handle: async (call, identity) => {
        const request = call.req.raw;
        requireNavigation(request);
        const { origin, searchParams } = new URL(request.url);
        const question = parseHandOverQuestion(searchParams);
        if (question === null) throw isFormerQuestion(searchParams) ? formerProgram() : notAQuestion();
        const handedOver = identity.handOver?.() ?? null;
        if (handedOver === null) throw nothingToHandOver();
        const sealed = await sealHandOver(crypto.subtle, question, handedOver); // HND-8
        if (sealed === null) throw notAQuestion();
        const code = handOverCode(hash, question);
        const server = (publicUrl ?? { origin }).origin;
        return confirmationPage(question, { sealed, code, server, identity });
      },
    },
  ];
}

/** A script gets no page with a token, and nothing shows it inside another page. // HND-3 */
function requireNavigation({ headers }: Request): void {
  const mode = headers.get('sec-fetch-mode') ?? 'navigate';
  const destination = headers.get('sec-fetch-dest') ?? 'document';
  if (mode === 'navigate' && destination === 'document') return;
  throw new Refusal(
    'forbidden',
    'This page is for a person. Open its address in a browser.',
    {},
    'cross-site',
  );
}

function notAQuestion(): Refusal {
  return new Refusal(
    'malformed-request',
    "This address isn't complete. Run `dataans sign-in` and open the whole address that it prints.",
  );
}

function formerProgram(): Refusal {
  return new Refusal(
    'malformed-request',
    'The `dataans` command on your machine is older than this server. Update it, then run `dataans sign-in` again.',
  );
}

function nothingToHandOver(): Refusal {
  return new Refusal(
    'not-found',
    "Your sign-in here can't be used by a command. Sign in with an access token of this server instead.",
  );
}

interface Confirmation {
  /** The token, for the command alone. */
  readonly sealed: string;
  readonly code: string;
  readonly server: string;
  readonly identity: Identity;
}

function confirmationPage(question: HandOverQuestion, confirmation: Confirmation): Response {
  const receiver = `http://127.0.0.1:${question.port}${handOverReceiverPath}`;
  return pageResponse({
    title: 'Sign in on this device – Dataans',
    formAction: receiver,
    main: describeHandOver(question, confirmation, receiver),
  });
}

function describeHandOver(
  { state, device }: HandOverQuestion,
  { sealed, code, server, identity }: Confirmation,
  receiver: string,
): string {
  const rows = [
    ['Device', escapeHtml(device)],
    ['Code', `<span class="code">${code}</span>`],
    ['Server', escapeHtml(server)],
    ['Signed in as', escapeHtml(identity.name)],
    ...(identity.expires === null ? [] : [['Until', formatMinute(identity.expires)]]),
  ].map(([term, meaning]) => `<dt>${term}</dt><dd>${meaning}</dd>`);
  const fields = [
    [handOverFields.state, state],
    [handOverFields.sealed, sealed],
  ].map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`);
  return `<h1>Sign in on this device?</h1>
<p class="lead">The dataans command on this machine wants to use your sign-in to sync with this server.</p>
<dl>
${rows.join('\n')}
</dl>
<p>Does the code match the one in your terminal? If it doesn’t, or if you didn’t run <code>dataans sign-in</code>, close this window. Nothing has been shared.</p>
<form method="post" action="${receiver}" autocomplete="off">
${fields.join('\n')}
<button type="submit">The codes match. Sign in</button>
</form>
<p>Close this page when the command has ended. Never confirm one that you find open later.</p>
<p>Dataans asks for your password and passphrase in the terminal only, never on a page.</p>`;
}

function formatMinute(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
