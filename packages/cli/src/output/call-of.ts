import { quoteArgument } from './quote-argument.ts';

/** How this program was called, for a command line that a person copies. @param home what `--home` said */
export function callOf(home: string | undefined): string {
  return home === undefined ? 'dataans' : `dataans --home ${quoteArgument(home)}`;
}
