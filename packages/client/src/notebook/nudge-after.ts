import type { Notebook } from './notebook.ts';

/** The notebook, telling a sync engine of each change as it is recorded: a watch then need not look for it. */
export function nudgeAfter(notebook: Notebook, nudge: () => void): Notebook {
  const then = <Result>(result: Promise<Result>): Promise<Result> =>
    result.then((recorded) => {
      nudge();
      return recorded;
    });
  return {
    nameDevice: (name) => then(notebook.nameDevice(name)),
    addSpace: (name, folder, appearance) => then(notebook.addSpace(name, folder, appearance)),
    renameSpace: (space, name) => then(notebook.renameSpace(space, name)),
    editSpace: (space, change) => then(notebook.editSpace(space, change)),
    removeSpace: (space) => then(notebook.removeSpace(space)),
    addNote: (note) => then(notebook.addNote(note)),
    editNote: (base, change, beside) => then(notebook.editNote(base, change, beside)),
    removeNote: (base) => then(notebook.removeNote(base)),
    record: (plan) => then(notebook.record(plan)),
  };
}
