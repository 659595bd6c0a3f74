import { limits } from '@dataans/core';
import type { Context } from '../context.ts';

/** The text of a new note: as given, piped in (`-` or nothing), else written in the person's editor. */
export async function readText(context: Context, given: string | undefined): Promise<string> {
  const { terminal } = context;
  if (given !== undefined && given !== '-') return given;
  if (given === '-' || !terminal.hasKeyboard) return terminal.readInput(limits.operationBytesMax);
  return editInEditor(context, '', '');
}

/** Ctrl-C belongs to the editor while it runs. */
export async function editInEditor(context: Context, text: string, name: string): Promise<string> {
  const { editText } = await import('../terminal/edit-text.ts');
  return context.withoutInterrupt(() => editText(text, name, context.environment));
}
