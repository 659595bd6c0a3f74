import { randomBytes } from 'node:crypto';

/** Carry a login from the team domain to the application, each once. */
export interface LoginCodes {
  issue(email: string): string;
  /** The e-mail; `null` of a code that was used, or never issued. */
  use(code: string): string | null;
}

export function createLoginCodes(): LoginCodes {
  const emailByCode = new Map<string, string>();
  return {
    issue: (email) => {
      const code = randomBytes(24).toString('base64url');
      emailByCode.set(code, email);
      return code;
    },
    use: (code) => {
      const email = emailByCode.get(code) ?? null;
      emailByCode.delete(code);
      return email;
    },
  };
}
