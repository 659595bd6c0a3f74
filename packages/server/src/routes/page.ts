import { createHash } from 'node:crypto';
import { utf8ToBytes } from '@dataans/core';
import { bytesResponse } from './responses.ts';

const style = `
:root { color-scheme: light dark; --ink: #1c2024; --soft: #5b6470; --paper: #fbfaf8; --line: #dcd8d0; --code: #f1eee8; --link: #0b5cad; --on-link: #ffffff; }
@media (prefers-color-scheme: dark) { :root { --ink: #e9e6e1; --soft: #a3a9b2; --paper: #17191c; --line: #34383e; --code: #22262b; --link: #8fc1ff; --on-link: #10151b; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 2rem 1.25rem; background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 system-ui, sans-serif; }
main { max-width: 36rem; width: 100%; }
h1 { margin: 0 0 .25rem; font-size: 2.25rem; line-height: 1.15; letter-spacing: -.02em; }
h2 { margin: 2rem 0 .5rem; font-size: 1.125rem; }
p { margin: .5rem 0; }
.lead { color: var(--soft); font-size: 1.1875rem; }
pre { margin: .75rem 0; padding: .875rem 1rem; overflow-x: auto; background: var(--code); border: 1px solid var(--line); border-radius: .5rem; font: .9375rem/1.5 ui-monospace, monospace; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .5rem 1.25rem; margin: 1.5rem 0; padding: 1rem; background: var(--code); border: 1px solid var(--line); border-radius: .5rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
.code { font: 600 1.375rem/1.3 ui-monospace, monospace; letter-spacing: .06em; }
button { margin: 1rem 0 .5rem; padding: .625rem 1.25rem; border: 0; border-radius: .5rem; background: var(--link); color: var(--on-link); font: inherit; font-weight: 600; cursor: pointer; }
pre:focus-visible, a:focus-visible, button:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
a { color: var(--link); }
footer { margin-top: 2.5rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .9375rem; }
`;

const styleHash = createHash('sha256').update(style).digest('base64');

export interface PageContent {
  readonly title: string;
  /** HTML; what came from elsewhere went through `escapeHtml`. */
  readonly main: string;
  /**
   * Where its one form may post to. A page with one has an origin of its own, so that no other page of the server
   * reads it. Default: nowhere, and there is none.
   */
  readonly formAction?: string;
}

/** A page without a script, which loads nothing and which nobody frames. */
export function pageResponse(content: PageContent, headers: Readonly<Record<string, string>> = {}): Response {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    "base-uri 'none'",
    `form-action ${content.formAction ?? "'none'"}`,
    "frame-ancestors 'none'",
    ...(content.formAction === undefined ? [] : ['sandbox allow-forms']),
  ];
  return bytesResponse(utf8ToBytes(page(content)), 'text/html; charset=utf-8', {
    'content-security-policy': policy.join('; '),
    'referrer-policy': 'no-referrer',
    ...headers,
  });
}

function page({ title, main }: PageContent): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`;
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
