import type { Answer } from './exchange.ts';
import { explainProblem } from './judge-answer.ts';

/** The answer, where the server did as it was asked. */
export function requireDone(answer: Answer): Answer {
  if (answer.status >= 400) throw explainProblem(answer, answer.problem);
  return answer;
}
