import { styleText } from 'node:util';

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green';

export type Paint = (style: Style, text: string) => string;

/** Colours where they are wanted: on a terminal, unless `NO_COLOR` is set (no-color.org) or it cannot. */
export function createPaint(
  isTerminal: boolean,
  environment: Readonly<Record<string, string | undefined>>,
): Paint {
  const isPlain = (environment['NO_COLOR'] ?? '') !== '' || environment['TERM'] === 'dumb';
  if (!isTerminal || isPlain) return (_style, text) => text;
  return (style, text) => styleText(style, text, { validateStream: false });
}
