/** What is used of a `profile.json`. */
export interface ProfileFile {
  readonly passphrase: string;
}

/** `null`: it is none. */
export function readProfile(text: string): ProfileFile | null {
  try {
    const profile: unknown = JSON.parse(text);
    if (typeof profile !== 'object' || profile === null || !('passphrase' in profile)) return null;
    const { passphrase } = profile;
    return typeof passphrase === 'string' && passphrase !== '' ? { passphrase } : null;
  } catch {
    return null;
  }
}

/** As the command line writes and reads it. */
export function writeProfile(profile: {
  readonly server: string;
  readonly passphrase: string;
  readonly device: string;
}): string {
  const { server, passphrase, device } = profile;
  return `${JSON.stringify({ version: 1, server, passphrase, device }, null, 2)}\n`;
}
