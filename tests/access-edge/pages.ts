import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** Answers with a small page of the edge's own. */
export function answerPage(
  response: ServerResponse,
  status: number,
  title: string,
  text: string,
  headers: OutgoingHttpHeaders = {},
): void {
  answerHtml(response, status, page(title, `<p>${escapeHtml(text)}</p>`), headers);
}

export interface LoginQuestion {
  readonly hostname: string;
  readonly users: readonly string[];
  readonly action: string;
}

/** Asks for no password: whoever can reach the stand-in may be anybody that it knows. */
export function answerLoginPage(response: ServerResponse, { hostname, users, action }: LoginQuestion): void {
  const buttons = users.map(
    (user) => `<button name="email" value="${escapeHtml(user)}">Log in as ${escapeHtml(user)}</button>`,
  );
  const form = `<form method="post" action="${escapeHtml(action)}">${buttons.join('\n')}</form>`;
  answerHtml(response, 200, page(`Log in to ${escapeHtml(hostname)}`, form));
}

function answerHtml(
  response: ServerResponse,
  status: number,
  html: string,
  headers: OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(html),
    'cache-control': 'private, max-age=0, no-store',
    server: 'cloudflare',
    ...headers,
  });
  response.end(response.req.method === 'HEAD' ? undefined : html);
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>body { font: 1rem/1.5 system-ui; max-width: 30rem; margin: 4rem auto; padding: 0 1rem }
button { display: block; width: 100%; margin: 0.5rem 0; padding: 0.7rem; font: inherit }</style>
<h1>${title}</h1>
${body}
<p><small>A stand-in for Cloudflare Access, for tests.</small></p>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
