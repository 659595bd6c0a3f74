import type { Home, SignInResult } from '../home/home.ts';

/** Where the suite keeps homes, and a server without an account. */
export interface HomePlace {
  readonly server: string;
  /** After an erase an empty home is there at once, and tells every tab that it is empty. */
  readonly opensAnew?: true;
  /** What draws a picture of this size, for the platforms that draw small ones of it. */
  readonly draw?: (width: number, height: number) => Promise<Blob>;
  /** Another device each time. */
  open(): Promise<Home>;
  /** Closes what was opened, and leaves nothing of it. */
  remove(): Promise<void>;
}

/** Runs with a place of its own, and leaves nothing of it. */
export type WithPlace = (run: (place: HomePlace) => Promise<void>) => Promise<void>;

export const password = 'correct horse';
export const noAccess = { kind: 'none' } as const;

export async function signIn(
  home: Home,
  { server }: HomePlace,
  passphrase: string | null,
): Promise<SignInResult> {
  return home.account.signIn({ server, access: noAccess, password, passphrase, device: 'Device' });
}

export async function openSignedIn(place: HomePlace): Promise<Home> {
  const home = await place.open();
  await signIn(home, place, null);
  return home;
}

export async function requireNote<Note>(read: Promise<Note | null>): Promise<Note> {
  const note = await read;
  if (note === null) throw new TypeError('The note is not there.');
  return note;
}
