import { exitCodes, OperatorError } from '../../operator-error.ts';

export function damagedLog(finding: string): OperatorError {
  return new OperatorError(
    `The log in the backup is damaged (${finding}), so nothing was restored. Use another backup, or start the server with an empty folder. Your devices then send everything they have.`,
    { exitCode: exitCodes.integrity },
  );
}
