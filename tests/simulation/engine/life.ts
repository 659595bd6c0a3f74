/** From the start of a simulated process to its end, however that comes. Nothing of it runs afterwards. */
export interface Life {
  readonly name: string;
  isAlive(): boolean;
  end(): void;
  /** Called once, when it ends; at once where it has ended. */
  onEnd(run: () => void): void;
}

export function createLife(name: string): Life {
  let alive = true;
  const atEnd: (() => void)[] = [];
  return {
    name,
    isAlive: () => alive,
    end: () => {
      if (!alive) return;
      alive = false;
      for (const run of atEnd) run();
    },
    onEnd: (run) => {
      if (alive) atEnd.push(run);
      else run();
    },
  };
}

/** Thrown where an ended life would go on: nobody may take it for an answer. */
export class EndOfLife extends Error {
  override readonly name = 'EndOfLife';

  constructor(life: Life) {
    super(`${life.name} has ended.`);
  }
}
