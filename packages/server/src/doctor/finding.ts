/** One thing that was looked at. */
export interface Finding {
  /** What was looked at, in a word or two. */
  readonly about: string;
  readonly state: 'good' | 'warning' | 'problem';
  /** What was found, and what to do unless it is good. */
  readonly sentence: string;
}

export function good(about: string, sentence: string): Finding {
  return { about, state: 'good', sentence };
}

export function warning(about: string, sentence: string): Finding {
  return { about, state: 'warning', sentence };
}

export function problem(about: string, sentence: string): Finding {
  return { about, state: 'problem', sentence };
}
