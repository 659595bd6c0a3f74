/** What the server writes about itself. Fields never hold a body, a token or an id of the user's. // SRV-27 */
export interface Logger {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

export const silentLogger: Logger = { info: () => {}, error: () => {} };
