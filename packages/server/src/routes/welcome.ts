import { escapeHtml, pageResponse } from './page.ts';
import type { Route } from './route.ts';
import { strictTransportSecurity } from './strict-transport.ts';

export interface WelcomeDependencies {
  readonly version: string;
  /** The address that people reach us under, where it is not the one they ask for. */
  readonly publicUrl: URL | null;
  /** The app is there to be opened. */
  readonly hasApp: boolean;
}

/** The way to the app; without it, a page that says what this is and how to connect. // SRV-29 */
export function welcomeRoutes({ version, publicUrl, hasApp }: WelcomeDependencies): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/',
      access: 'open',
      handle: (call) => {
        const headers = strictTransportSecurity(publicUrl);
        if (hasApp) return new Response(null, { status: 302, headers: { location: '/app/', ...headers } });
        const address = (publicUrl ?? new URL(call.req.url)).origin;
        return pageResponse({ title: 'Dataans server', main: describeServer(address, version) }, headers);
      },
    },
  ];
}

function describeServer(address: string, version: string): string {
  return `<h1>Dataans</h1>
<p class="lead">This server keeps one person’s notes and files, encrypted. It can’t read them, because the keys never leave their devices.</p>
<h2>Connect a device</h2>
<p>Install the <code>dataans</code> command, then sign in:</p>
<pre tabindex="0" role="region" aria-label="Command to sign in"><code>dataans sign-in ${escapeHtml(address)}</code></pre>
<p>The first device creates the account and shows a passphrase. Save it somewhere safe: every other device needs it, together with the password. Any signed-in device can show it again; this server can’t.</p>
<h2>Look after it</h2>
<p><a href="/health">Health</a> says whether the server can read its log and store what it is sent.</p>
<footer>Dataans server ${escapeHtml(version)}</footer>`;
}
