// Makes an access token for a Worker with DATAANS_AUTH=token: node new-token.mjs NAME
import { createHash, randomBytes } from 'node:crypto';

const [name = ''] = process.argv.slice(2);
if (!/^[^\s,=]+$/.test(name)) {
  console.error('Give the name of the device: node new-token.mjs laptop');
  process.exit(2);
}
const token = `dat_${randomBytes(32).toString('base64url')}`;
console.log(`The token, for the device alone. It isn't kept anywhere:\n\n${token}\n`);
console.log('For DATAANS_TOKENS in wrangler.jsonc:\n');
console.log(`${name}=${createHash('sha256').update(token).digest('hex')}`);
