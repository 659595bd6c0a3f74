import { isErrorCode } from '../../system-error.ts';

/** `null` where the file is not there; any other failure is thrown. */
export async function nullIfAbsent<Value>(reading: Promise<Value>): Promise<Value | null> {
  try {
    return await reading;
  } catch (error) {
    if (isErrorCode(error, 'ENOENT')) return null;
    throw error;
  }
}
