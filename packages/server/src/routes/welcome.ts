import { createHash } from 'node:crypto';
import { utf8ToBytes } from '@dataans/core';
import { bytesResponse } from './responses.ts';
import type { Route } from './route.ts';

const style = `
:root { color-scheme: light dark; --ink: #1c2024; --soft: #5b6470; --paper: #fbfaf8; --line: #dcd8d0; --code: #f1eee8; --link: #0b5cad; }
@media (prefers-color-scheme: dark) { :root { --ink: #e9e6e1; --soft: #a3a9b2; --paper: #17191c; --line: #34383e; --code: #22262b; --link: #8fc1ff; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 2rem 1.25rem; background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 system-ui, sans-serif; }
main { max-width: 36rem; width: 100%; }
h1 { margin: 0 0 .25rem; font-size: 2.25rem; line-height: 1.15; letter-spacing: -.02em; }
h2 { margin: 2rem 0 .5rem; font-size: 1.125rem; }
p { margin: .5rem 0; }
.lead { color: var(--soft); font-size: 1.1875rem; }
pre { margin: .75rem 0; padding: .875rem 1rem; overflow-x: auto; background: var(--code); border: 1px solid var(--line); border-radius: .5rem; font: .9375rem/1.5 ui-monospace, monospace; }
pre:focus-visible, a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
a { color: var(--link); }
footer { margin-top: 2.5rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .9375rem; }
`;

const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A year. Not for subdomains: those are not ours. // SRV-39 */
const strictTransportSecurity = 'max-age=31536000';

export interface WelcomeDependencies {
  readonly version: string;
  /** The address that people reach us under, where it is not the one they ask for. */
  readonly publicUrl: URL | null;
}

/** A page that says what this is and how to connect. // SRV-29 */
export function welcomeRoutes({ version, publicUrl }: WelcomeDependencies): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/',
      access: 'open',
      handle: (call) => {
        const address = (publicUrl ?? new URL(call.req.url)).origin;
        return bytesResponse(utf8ToBytes(page(address, version)), 'text/html; charset=utf-8', {
          'content-security-policy': contentSecurityPolicy,
          'referrer-policy': 'no-referrer',
          ...(publicUrl?.protocol === 'https:' && { 'strict-transport-security': strictTransportSecurity }),
        });
      },
    },
  ];
}

function page(address: string, version: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Dataans server</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Dataans</h1>
<p class="lead">This server keeps one person’s notes and files, encrypted. It cannot read them: the keys never leave their devices.</p>
<h2>Connect a device</h2>
<p>Install the <code>dataans</code> command, then sign in:</p>
<pre tabindex="0" role="region" aria-label="Command to sign in"><code>dataans sign-in ${escapeHtml(address)}</code></pre>
<p>The first device makes the account and is shown a passphrase. Keep it: with the password, it is what every other device signs in with, and nobody can recover it.</p>
<h2>Look after it</h2>
<p><a href="/health">Health</a> says whether the server can read its log and write to its storage.</p>
<footer>Dataans server ${escapeHtml(version)}</footer>
</main>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
