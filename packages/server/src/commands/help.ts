import { optionNames, options } from '../config/options.ts';

export const commandNames = [
  'start',
  'health',
  'config',
  'status',
  'doctor',
  'migrate',
  'token',
  'account',
  'check',
  'backup',
  'restore',
] as const;
export type CommandName = (typeof commandNames)[number];

const optionLines = optionNames.map((name) => `  ${name.padEnd(28)} ${options[name].help}`).join('\n');

/** What `--help` prints, alone and for each command. */
export const helpByCommand: Readonly<Record<CommandName | '', string>> = {
  '': `Usage: dataans-server COMMAND [OPTIONS]

Keeps notes and files, encrypted so that it can't read them.

Commands:
  start     run the server
  health    ask the running server whether it works
  config    print the configuration, and where each value was set
  status    print what is stored, and when it was backed up
  doctor    look for what is wrong, and say what to do
  migrate   bring the tables of a database up to date
  token     add, list and revoke tokens for devices
  account   add, list, link, bound and close accounts, if there are many
  check     check everything that is stored
  backup    copy everything that is stored to another folder
  restore   create a data folder, or fill an empty database, from a backup

Options of every command:
  --config FILE       read the configuration from a JSON file (or set DATAANS_CONFIG)
  --help, --version

Configuration, as environment variables or under the same names in the file:
${optionLines}

Examples:
  dataans-server start
  DATAANS_PORT=9000 dataans-server start
  dataans-server token add laptop
`,
  start: `Usage: dataans-server start [--config FILE]

Runs the server until you stop it. Prints its address on stdout; logs go to stderr.

Examples:
  dataans-server start
  DATAANS_DATA=/srv/dataans DATAANS_PORT=9000 dataans-server start
  DATAANS_HOST=0.0.0.0 DATAANS_AUTH=token dataans-server start
  dataans-server start --config /etc/dataans.json
`,
  health: `Usage: dataans-server health [--config FILE]

Asks the server on this machine, with the same settings, whether it can read and write what it stores.
Prints its answer and exits with 0 if so, else with 1. For the health check of a container.

Examples:
  dataans-server health
  DATAANS_PORT=9000 dataans-server health
`,
  config: `Usage: dataans-server config [--config FILE] [--json]

Prints the active configuration, and whether each value comes from the environment, the file or the defaults.

Examples:
  dataans-server config
  dataans-server config --config /etc/dataans.json --json
`,
  status: `Usage: dataans-server status [--account ACCOUNT] [--config FILE] [--json]

Prints what the data folder holds, how much room is left and when it was backed up last. Works while the
server runs.

Examples:
  dataans-server status
  DATAANS_DATA=/srv/dataans dataans-server status --json
`,
  doctor: `Usage: dataans-server doctor [--account ACCOUNT] [--config FILE] [--json]

Looks at the data folder, its disk, backups, the certificate, the keys of the identity provider, and the
server as it answers here and at DATAANS_PUBLIC_URL. Says what to do about each finding, and exits with 1
if one is a problem. Run it with the same configuration as the server.

Examples:
  dataans-server doctor
  dataans-server doctor --config /etc/dataans.json --json
`,
  migrate: `Usage: dataans-server migrate [--config FILE]

Brings the tables of the database in DATAANS_DATABASE up to date, for several servers that start with
DATAANS_MIGRATE=off. Run it with the new version, before the servers are replaced one by one. A server
alone does it when it starts.

Examples:
  dataans-server migrate
  dataans-server migrate --config /etc/dataans.json
`,
  token: `Usage: dataans-server token add NAME [--expires TIME] [--account ACCOUNT] [--json]
       dataans-server token list [--account ACCOUNT] [--json]
       dataans-server token revoke NAME [--account ACCOUNT] [--json]

Access tokens for your devices, if DATAANS_AUTH is token. Works while the server runs. A token is printed
once, when it is created; the server keeps only its hash.

  --expires TIME      days, hours or minutes from now, such as 90d, 12h or 30m
  --account ACCOUNT   whose device it is, if DATAANS_ACCOUNTS is many: a name or an id of account list

Examples:
  dataans-server token add laptop
  dataans-server token add laptop --account alice
  dataans-server token add "borrowed phone" --expires 12h
  dataans-server token list
  dataans-server token revoke laptop
`,
  account: `Usage: dataans-server account add NAME [--json]
       dataans-server account list [--json]
       dataans-server account link ACCOUNT SIGN-IN [--issuer ISSUER] [--json]
       dataans-server account quota ACCOUNT SIZE [--json]
       dataans-server account close ACCOUNT [--undo] [--json]

The accounts of a server with DATAANS_ACCOUNTS=many. Works while the server runs. ACCOUNT is a name or an
id. The list shows who signs in to each, and who was allowed, tried, and has none. link gives such a
sign-in to an account, also if it had another before: if a person has a new subject, for instance.
Nobody signs in to a closed account, and what is in it stays.

SIZE is such as 500MB or 10GB, or none. Files are taken up to it, and notes up to 10% more. What is there
stays and can be read.

  --issuer ISSUER     SIGN-IN is the subject that this issuer has for somebody who has not tried yet
  --undo              let people sign in to a closed account again

Examples:
  dataans-server account add alice
  dataans-server account list
  dataans-server account link alice alice@example.org
  dataans-server account quota alice 10GB
  dataans-server account close alice
`,
  check: `Usage: dataans-server check [DIR | ADDRESS] [--deep] [--account ACCOUNT] [--config FILE] [--json]

Checks the log and every chunk against their checksums. Exits with 6 and says what is damaged, if
anything is. Works while the server runs. With DIR it checks the backups in that folder instead, and with
ADDRESS what a server elsewhere has: it reads all of it. See dataans-server backup --help for its access.

Chunks in a bucket are only compared by name and size with what the server knows of them.

  --deep              read every chunk in the bucket, too
  --account ACCOUNT   only this account, if DATAANS_ACCOUNTS is many: a name or an id of account list

Examples:
  dataans-server check
  dataans-server check --deep
  DATAANS_DATA=/srv/dataans dataans-server check --json
  dataans-server check /mnt/backup/dataans
  DATAANS_TOKEN_FILE=token dataans-server check https://notes.example.org
`,
  backup: `Usage: dataans-server backup [ADDRESS] DIR [--verify] [--account ACCOUNT] [--config FILE] [--json]

Copies the data folder to DIR: a new folder, an empty one, or an earlier backup of the same server, to
which only new chunks are copied. Works while the server runs. Until a backup is finished, the earlier
one stays valid; DATAANS_BACKUP_KEEP says which earlier ones stay for good. Exits with 6 if chunks on the
server are damaged; all others are copied. Access tokens aren't in a backup.

With ADDRESS it copies what a server elsewhere has, as one of its devices. Later runs read only what is new.

  DATAANS_TOKEN_FILE  file with an access token for that server (or set DATAANS_TOKEN)
  DATAANS_ACCESS_CLIENT_ID, DATAANS_ACCESS_CLIENT_SECRET_FILE
                      a service token, if Cloudflare Access is in front (or set DATAANS_ACCESS_CLIENT_SECRET)

  --account ACCOUNT   only this account, if DATAANS_ACCOUNTS is many; else a folder for each in DIR
  --verify            check the chunks that are already in DIR, and replace damaged ones

Examples:
  dataans-server backup /mnt/backup/dataans
  dataans-server backup --verify --json /mnt/backup/dataans
  DATAANS_TOKEN_FILE=token dataans-server backup https://notes.example.org /mnt/backup/dataans
`,
  restore: `Usage: dataans-server restore DIR [--number N] [--account ACCOUNT] [--config FILE] [--json]

Restores the backup in DIR into the data folder, which must be empty, and checks everything on the way.
Exits with 6 if chunks in DIR are damaged or missing; all others are restored. After that your devices
bring the server up to date. Create new access tokens afterwards.

  --number N          restore an earlier backup that was kept in DIR, instead of the newest
  --account ACCOUNT   restore into this account, if DATAANS_ACCOUNTS is many, and leave the others alone

Examples:
  dataans-server restore /mnt/backup/dataans
  dataans-server restore /mnt/backup/dataans --number 12
  DATAANS_DATA=/srv/dataans dataans-server restore /mnt/backup/dataans
`,
};
