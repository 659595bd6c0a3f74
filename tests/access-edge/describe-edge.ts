import type { Edge } from './edge.ts';
import { orders } from './obey.ts';
import type { ServiceToken } from './settings.ts';

/** What a person needs to know to put a server behind the edge and to come in. */
export function describeEdge(edge: Edge, token: ServiceToken, certificateFile: string | null): string {
  const trust = certificateFile === null ? [] : [`NODE_EXTRA_CA_CERTS=${certificateFile}`];
  const server = [
    ...trust,
    ...Object.entries(serverEnvironment(edge, [token])).map((pair) => pair.join('=')),
  ];
  const service = [
    ...trust,
    `DATAANS_ACCESS_CLIENT_ID=${token.clientId}`,
    `DATAANS_ACCESS_CLIENT_SECRET=${token.clientSecret}`,
  ];
  return [
    edge.application.address,
    '',
    `The team domain is ${edge.application.team}. Start the server behind it with:`,
    ...joinLines([...server, 'npm start']),
    '',
    'Come in through a browser:',
    ...joinLines([...trust, `npm run dataans -- sign-in ${edge.application.address}`]),
    '',
    'or with a service token:',
    ...joinLines([...service, `npm run dataans -- sign-in ${edge.application.address}`]),
    '',
    orders,
    '',
  ].join('\n');
}

/** The options of a server that stands behind the edge, and lets in these service tokens. */
export function serverEnvironment(
  { application }: Edge,
  tokens: readonly ServiceToken[],
): Readonly<Record<string, string>> {
  return {
    DATAANS_AUTH: 'cloudflare-access',
    DATAANS_ACCESS_TEAM: application.team,
    DATAANS_ACCESS_AUD: application.audience,
    DATAANS_ALLOW_SERVICE_TOKENS: tokens.map(({ clientId }) => clientId).join(','),
    DATAANS_PUBLIC_URL: application.address,
  };
}

function joinLines(words: readonly string[]): readonly string[] {
  return words.map((word, index) => `  ${word}${index === words.length - 1 ? '' : ' \\'}`);
}
