/** Thrown by the stores of an account whose room is used up. Nothing of the call was stored; the rest goes on. // SRV-117 */
export class OverQuotaError extends Error {
  override readonly name = 'OverQuotaError';

  constructor() {
    super('The quota of the account is used up.');
  }
}
