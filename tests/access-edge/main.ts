// `npm run access-edge`: a stand-in for Cloudflare's edge, to try a server behind it by hand.
import { writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { help, parseCommandLine, type EdgeCommand } from './command-line.ts';
import { describeEdge } from './describe-edge.ts';
import { startEdge } from './edge.ts';
import type { Verdict } from './identify.ts';
import { obey } from './obey.ts';
import { makeServiceToken } from './service-token.ts';

const parsed = parseCommandLine(process.argv.slice(2));
switch (parsed.kind) {
  case 'help':
    console.log(help);
    break;
  case 'wrong':
    console.error(`${parsed.reason}\n\n${help}`);
    process.exitCode = 2;
    break;
  case 'run':
    await run(parsed.command);
}

async function run({ settings, certificateFile }: EdgeCommand): Promise<void> {
  const token = makeServiceToken(true);
  const edge = await startEdge({ ...settings, serviceTokens: [token], onRequest: logRequest });
  if (certificateFile !== null) writeFileSync(certificateFile, edge.certificate ?? '');
  const lines = createInterface({ input: process.stdin });
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      lines.close();
      void edge.close();
    });
  console.log(describeEdge(edge, token, certificateFile));
  lines.on('line', (line) => {
    void obey(edge, line).then((answer) => {
      console.log(answer);
    });
  });
}

function logRequest({ method, url }: IncomingMessage, verdict: Verdict): void {
  console.error(`${method} ${url?.replace(/\?.*$/, '')}: ${describeVerdict(verdict)}`);
}

function describeVerdict(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'bypass':
      return 'bypassed';
    case 'enter':
      return `let in ${verdict.email ?? 'a service token'}`;
    case 'refuse':
      return `refused with ${verdict.status}`;
    case 'log-in':
      return 'sent to the login page';
  }
}
