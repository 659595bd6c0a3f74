import { printableLine } from '../output/printable.ts';
import type { InputStream, OutputStream } from '../surroundings.ts';

/** Questions to the person at the terminal, on stderr so that stdout stays what was asked for. */
export interface Ask {
  /** What is typed does not show. */
  hidden(question: string): Promise<string>;
  line(question: string): Promise<string>;
  confirm(question: string): Promise<boolean>;
}

export function createAsk(input: InputStream, output: OutputStream, signal: AbortSignal): Ask {
  const streams = { input, output, signal };
  return {
    async hidden(question) {
      const { password } = await import('@inquirer/prompts');
      return password({ message: printableLine(question) }, streams);
    },
    async line(question) {
      const prompts = await import('@inquirer/prompts');
      return prompts.input({ message: printableLine(question) }, streams);
    },
    async confirm(question) {
      const prompts = await import('@inquirer/prompts');
      return prompts.confirm({ message: printableLine(question), default: false }, streams);
    },
  };
}
