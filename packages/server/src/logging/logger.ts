/** One line of the server about itself. Fields never hold a body, a token or an id of the user's. // SRV-27 */
export type WriteLine = (fields: Readonly<Record<string, unknown>>, message: string) => void;

/** What the server writes about itself. No call throws or waits, whatever becomes of the line. // SRV-42 */
export interface Logger {
  /** Each request. */
  readonly debug: WriteLine;
  /** What happens once in a while, as it should. */
  readonly info: WriteLine;
  /** What the operator may want to look into: who was refused, what could not be stored. */
  readonly warn: WriteLine;
  /** What is wrong with the server or with what it depends on. */
  readonly error: WriteLine;
}

const nothing: WriteLine = () => {};

export const silentLogger: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };
