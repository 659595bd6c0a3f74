/** A year. Not for subdomains: those are not ours. // SRV-39 */
const keepToTls = { 'strict-transport-security': 'max-age=31536000' };

/** For pages that people open: where the public address is `https`, their browsers keep to it. */
export function strictTransportSecurity(publicUrl: URL | null): Readonly<Record<string, string>> {
  return publicUrl?.protocol === 'https:' ? keepToTls : {};
}
