import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfigFile } from './config-file.ts';
import { defaultDataFolder } from './default-data-folder.ts';
import type { Environment } from './environment.ts';
import { readSettings, requireAuth } from './read-settings.ts';

test('[SRV-30] with nothing set the server is for this machine, on port 8000', () => {
  const { sourceByOption, ...settings } = settingsOf({});
  assert.deepEqual(settings, {
    dataFolder: '/usual',
    chunkPlace: 'files',
    database: null,
    manyAccounts: null,
    host: '127.0.0.1',
    port: 8000,
    tls: null,
    metricsPort: null,
    proxies: [],
    auth: 'loopback',
    authOptions: {},
    backupKeep: null,
    backups: null,
    publicUrl: null,
    logLevel: 'info',
    logFormat: 'json',
  });
  assert.deepEqual(new Set(Object.values(sourceByOption)), new Set(['default']));
});

test('[SRV-30] the environment wins over the file, and the file over the defaults', () => {
  const file = '{"DATAANS_PORT": 1, "DATAANS_HOST": "::1"}';
  const settings = settingsOf({ DATAANS_PORT: '2' }, file);
  assert.deepEqual([settings.port, settings.host, settings.logLevel], [2, '::1', 'info']);
  assert.equal(settings.sourceByOption.DATAANS_PORT, 'environment');
  assert.equal(settings.sourceByOption.DATAANS_HOST, '/etc/dataans.json');
  assert.equal(settings.sourceByOption.DATAANS_LOG_LEVEL, 'default');
});

test('[SRV-30] options of methods are kept as they were written, and where they are from', () => {
  const settings = settingsOf(
    { DATAANS_ACCESS_TEAM: 'myteam', DATAANS_AUTH: 'cloudflare-access' },
    `{"DATAANS_ACCESS_AUD": "${'0'.repeat(64)}", "DATAANS_ACCESS_TEAM": "another"}`,
  );
  assert.deepEqual(settings.authOptions, {
    DATAANS_ACCESS_TEAM: 'myteam',
    DATAANS_ACCESS_AUD: '0'.repeat(64),
  });
  assert.equal(settings.sourceByOption.DATAANS_ACCESS_AUD, '/etc/dataans.json');
  assert.equal(settings.sourceByOption.DATAANS_ALLOW_USERS, 'default');
});

test("[SRV-30] variables of other programs and of the command line are not the server's to judge", () => {
  assert.equal(
    settingsOf({ DATAANS_PASSWORD: 'x', DATAANS_HOME: '/h', DATAANSPORT: '1', PORT: '2' }).port,
    8000,
  );
});

test('[SRV-30] a variable that looks like an option and is none is refused, with the one that it may mean', () => {
  for (const [name, advice] of [
    ['DATAANS_ALLOW_USER', /unknown option DATAANS_ALLOW_USER\. Did you mean DATAANS_ALLOW_USERS\?$/],
    ['DATAANS_PROT', /Did you mean DATAANS_PORT\?$/],
    ['DATAANS_VOLUME_OF_MUSIC', /Remove it\. To see all options: dataans-server --help/],
  ] as const)
    assert.throws(() => settingsOf({ [name]: 'x' }), { name: 'OperatorError', message: advice, exitCode: 2 });
});

test('[SRV-30] the usual place of the data folder is asked for only where no other is set', () => {
  const unknown = () => defaultDataFolder({}, 'linux', () => assert.fail('no entry'));
  assert.equal(readSettings({ DATAANS_DATA: '/data' }, null, unknown).dataFolder, '/data');
  assert.throws(() => readSettings({}, null, unknown), {
    name: 'OperatorError',
    message: /has no home folder \(no entry\)\. Set DATAANS_DATA/,
  });
});

const wrongValues: readonly (readonly [environment: Environment, sentence: RegExp])[] = [
  [{ DATAANS_PORT: 'http' }, /^DATAANS_PORT \(from environment\) must be a whole number from 0 to 65535\.$/],
  [{ DATAANS_PORT: '65536' }, /DATAANS_PORT/],
  [{ DATAANS_PORT: '-1' }, /DATAANS_PORT/],
  [{ DATAANS_PORT: '' }, /DATAANS_PORT/],
  [{ DATAANS_HOST: 'a b' }, /DATAANS_HOST/],
  ...[
    '',
    '"/srv/data"',
    "'/srv/data'",
    '/srv/data\r',
    '/srv/data ',
    ' /srv/data',
    '~/data',
    '/srv/\u0000',
  ].map(
    (text) =>
      [{ DATAANS_DATA: text }, /^DATAANS_DATA .* must be the path of a folder: without quot/] as const,
  ),
  [{ DATAANS_METRICS_PORT: 'x' }, /DATAANS_METRICS_PORT/],
  [{ DATAANS_PROXIES: 'caddy' }, /must be an address such as 10\.0\.0\.2/],
  [{ DATAANS_ALLOW_USERS: '"me@example.org"' }, /DATAANS_ALLOW_USERS .* must be without quotation marks/],
  [
    { DATAANS_AUTH: 'none' },
    /DATAANS_AUTH \(from environment\) must be one of loopback, token, cloudflare-access, jwt, trusted-header\./,
  ],
  [{ DATAANS_AUTH: 'toString' }, /DATAANS_AUTH/],
  [{ DATAANS_PUBLIC_URL: 'notes.example.org' }, /must be an address such as https:/],
  [{ DATAANS_PUBLIC_URL: 'ftp://notes.example.org' }, /DATAANS_PUBLIC_URL/],
  [{ DATAANS_PUBLIC_URL: 'https://notes.example.org/path' }, /it wants one of its own/],
  [
    { DATAANS_ACCESS_TEAM: 'my team' },
    /^DATAANS_ACCESS_TEAM \(from environment\) must be the name of a team/,
  ],
  [{ DATAANS_ACCESS_AUD: 'abc' }, /^DATAANS_ACCESS_AUD \(from environment\) must be an AUD tag of 64/],
  [{ DATAANS_ALLOW_USERS: ' , ' }, /^DATAANS_ALLOW_USERS \(from environment\) must be a list with something/],
  [{ DATAANS_ALLOW_DOMAINS: '@example.org' }, /must be a domain in lower case/],
  [{ DATAANS_JWT_PRESET: 'toString' }, /must be one of oidc, oauth2-proxy/],
  [{ DATAANS_JWT_KEYS_URL: 'http://example.org/keys' }, /must be an address that begins with https/],
  [{ DATAANS_JWT_ALGORITHMS: 'RS256, HS256' }, /must be one of RS256, RS384/],
  [{ DATAANS_TRUSTED_HEADER: 'Remote_User: x' }, /must be the name of a header/],
  [{ DATAANS_TRUSTED_PEERS: 'proxy' }, /must be an address such as 10\.0\.0\.2/],
  [{ DATAANS_LOG_LEVEL: 'loud' }, /DATAANS_LOG_LEVEL .* must be one of debug, info/],
];

for (const [environment, sentence] of wrongValues)
  test(`[SRV-30] ${JSON.stringify(environment)} is refused with what it must be`, () => {
    assert.throws(() => settingsOf(environment), { name: 'OperatorError', message: sentence, exitCode: 2 });
  });

const wrongFiles: readonly (readonly [text: string, sentence: RegExp])[] = [
  ['{', /\/etc\/dataans\.json isn't valid JSON(?: at line 1, column 2)?\. Correct it\.$/],
  ['{"a": 1,\n b', /^\/etc\/dataans\.json isn't valid JSON at line 2, column 2\. Correct it\.$/],
  ['dat_secret', /^\/etc\/dataans\.json isn't valid JSON(?: at line 1, column 1)?\. Correct it\.$/],
  ['[]', /must be one JSON object/],
  ['null', /must be one JSON object/],
  ['{"DATAANS_PROT": 1}', /has an unknown option "DATAANS_PROT"\. Did you mean DATAANS_PORT\?/],
  ['{"dataans_port": 1}', /Did you mean DATAANS_PORT\?/],
  ['{"volume": 11}', /an unknown option "volume"\. The options are DATAANS_DATA, /],
  ['{"DATAANS_PORT": [1]}', /DATAANS_PORT in \/etc\/dataans\.json must be a text or a number/],
  ['{"DATAANS_PORT": "x"}', /DATAANS_PORT \(from \/etc\/dataans\.json\) must be/],
];

for (const [text, sentence] of wrongFiles)
  test(`[SRV-30] a file with ${text} is refused`, () => {
    assert.throws(() => settingsOf({}, text), { name: 'OperatorError', message: sentence, exitCode: 2 });
  });

test('[SRV-23] with nothing configured, an address that others can reach is refused with what to set', () => {
  for (const host of ['0.0.0.0', '::', 'notes.example.org']) {
    const settings = settingsOf({ DATAANS_HOST: host });
    assert.throws(() => requireAuth(settings), {
      message: /Set DATAANS_AUTH \(token, .* or set DATAANS_HOST=127\.0\.0\.1/,
    });
  }
  assert.equal(requireAuth(settingsOf({ DATAANS_HOST: '0.0.0.0', DATAANS_AUTH: 'token' })), 'token');
  assert.equal(requireAuth(settingsOf({ DATAANS_HOST: 'localhost' })), 'loopback');
});

test('[SRV-23] a public address in front of a loopback one is refused until somebody says who may come in', () => {
  const behindProxy = { DATAANS_PUBLIC_URL: 'https://notes.example.org' };
  assert.throws(() => requireAuth(settingsOf(behindProxy)), {
    message:
      /^Refusing to start: https:\/\/notes\.example\.org can be reached .* Set DATAANS_AUTH .* or remove DATAANS_PUBLIC_URL/,
  });
  assert.equal(requireAuth(settingsOf({ ...behindProxy, DATAANS_AUTH: 'token' })), 'token');
  for (const address of ['http://127.0.0.1:9000', 'http://localhost:9000', 'http://[::1]:9000'])
    assert.equal(requireAuth(settingsOf({ DATAANS_PUBLIC_URL: address })), 'loopback');
});

test('[SRV-30] the data folder is in the usual place of the platform', () => {
  const place = (environment: Environment, platform: NodeJS.Platform) =>
    defaultDataFolder(environment, platform, () => '/users-home').replaceAll('\\', '/');
  assert.equal(place({}, 'linux'), '/users-home/.local/share/dataans-server');
  assert.equal(place({ XDG_DATA_HOME: '/x' }, 'linux'), '/x/dataans-server');
  assert.equal(place({ XDG_DATA_HOME: '' }, 'linux'), '/users-home/.local/share/dataans-server');
  assert.equal(place({}, 'darwin'), '/users-home/Library/Application Support/dataans-server');
  assert.equal(place({ LOCALAPPDATA: 'C:/Local' }, 'win32'), 'C:/Local/dataans-server');
});

function settingsOf(environment: Environment, file?: string) {
  const configFile = file === undefined ? null : parseConfigFile('/etc/dataans.json', file);
  return readSettings(environment, configFile, () => '/usual');
}

test('[SRV-80] a folder for backups is enough: once a day, and a week, a month and half a year are kept', () => {
  const { backups, backupKeep } = readSettings({ DATAANS_BACKUP_TO: '/mnt/backup' }, null, () => '/usual');
  assert.deepEqual(
    [backups?.folder, backups?.schedule.text, backups?.heartbeatUrl, backupKeep],
    ['/mnt/backup', '1d', null, { days: 7, weeks: 4, months: 6 }],
  );
});

for (const [name, value] of [
  ['DATAANS_BACKUP_EVERY', '6h'],
  ['DATAANS_HEARTBEAT_URL', 'https://hc.example.org/check'],
] as const)
  test(`[SRV-80] ${name} without a folder for backups is refused`, () => {
    assert.throws(() => readSettings({ [name]: value }, null, () => '/usual'), {
      name: 'OperatorError',
      message: `${name} is set, but the server makes no backups. Set DATAANS_BACKUP_TO to a folder for them, or remove ${name}.`,
    });
  });

test('[SRV-86] a certificate without its key is refused', () => {
  assert.throws(() => readSettings({ DATAANS_TLS_CERT: '/etc/cert.pem' }, null, () => '/usual'), {
    name: 'OperatorError',
    message: /^A certificate needs its key/,
  });
});
