/** Which instance of the account's object answers: another one after it slept. */
export const instancePath = '/instance';
