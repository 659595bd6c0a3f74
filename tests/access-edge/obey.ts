import { certsStates } from './certs-endpoint.ts';
import type { Edge } from './edge.ts';

export const orders = `Orders, one a line:
  rotate           sign with a new key; the one before the current is forgotten
  certs STATE      how /cdn-cgi/access/certs answers: ${certsStates.join(', ')}
  end [EMAIL]      end the sessions of this person, or all`;

/** Does what a person types while the edge runs; gives what to say about it. */
export async function obey(edge: Edge, line: string): Promise<string> {
  const [order, operand] = line.trim().split(/\s+/);
  switch (order) {
    case '':
      return '';
    case 'rotate':
      await edge.keys.rotate();
      return `Signing with ${edge.keys.current().kid} now.`;
    case 'certs': {
      const state = certsStates.find((known) => known === operand);
      if (state === undefined) return `One of: ${certsStates.join(', ')}.`;
      edge.certs.become(state);
      return `The keys are ${state} now.`;
    }
    case 'end':
      edge.sessions.end(operand);
      return `Ended the sessions of ${operand ?? 'everybody'}.`;
    default:
      return orders;
  }
}
