/** Where something is being written: a new note in a space, or another text for a note. */
export type DraftPlace = `space ${string}` | `note ${string}`;

/** What was typed and not sent yet: it survives a reload, a crash and an update. */
export interface Drafts {
  read(place: DraftPlace): string;
  write(place: DraftPlace, text: string): void;
}

const prefix = 'dataans draft ';

export function createDrafts(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): Drafts {
  return {
    read: (place) => storage.getItem(prefix + place) ?? '',
    write: (place, text) => {
      if (text === '') storage.removeItem(prefix + place);
      else storage.setItem(prefix + place, text);
    },
  };
}
