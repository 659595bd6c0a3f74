const commands =
  'sign-in|sign-out|passphrase|password|device|keys|space|note|search|history|restore|trash|import|export|sync|status|verify|quarantine';
const command = new RegExp(`(?<![\\w./-])dataans (?=(?:${commands})\\b)`, 'g');

/** Advice that works on this device's notes when it is copied, wherever they are. @param call as `callOf` gives it */
export function nameHome(advice: string, call: string): string {
  return advice.replaceAll(command, () => `${call} `);
}
