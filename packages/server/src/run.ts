import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { isatty } from 'node:tty';
import { readBuiltApp } from '@dataans/web/served';
import { createOwnCommand, ownProgram } from './backups/own-command.ts';
import { isLoopbackHost } from './auth/host.ts';
import { backUpKept } from './commands/back-up-accounts.ts';
import { backUpRemote } from './commands/backup.ts';
import { createBackupWork } from './commands/backup-work.ts';
import { changeAccounts, isAboutAccounts } from './commands/change-accounts.ts';
import { changeTokens, isAboutTokens } from './commands/change-tokens.ts';
import { checkBackupIn } from './commands/check-backup.ts';
import { checkRemote, checkStores } from './commands/check.ts';
import { examine } from './commands/doctor.ts';
import { forAccounts, type About } from './commands/for-accounts.ts';
import { checkHealth } from './commands/health.ts';
import { helpByCommand } from './commands/help.ts';
import { parseCommandLine, type Command, type CommandLine } from './commands/parse-command-line.ts';
import { printMigration } from './commands/migrate.ts';
import { printConfig } from './commands/print-config.ts';
import { createProgress } from './commands/progress.ts';
import type { Reporting } from './commands/reporting.ts';
import { restoreKept } from './commands/restore-kept.ts';
import { printStatus } from './commands/status.ts';
import { OutputLostError, standardOutput } from './commands/standard-output.ts';
import { readConfigFile } from './config/config-file.ts';
import { defaultDataFolder } from './config/default-data-folder.ts';
import type { Environment } from './config/environment.ts';
import { readRemoteAccess } from './config/remote-place.ts';
import { readSettings, requireAuth, type Settings } from './config/read-settings.ts';
import { systemClock } from './clock.ts';
import { sha256 } from './hash.ts';
import { waitForStopSignal } from './listen/stop-signal.ts';
import { createLineFormat, createLogger } from './logging/create-logger.ts';
import { openLineOutput } from './logging/line-output.ts';
import type { Logger } from './logging/logger.ts';
import { exitCodes, OperatorError } from './operator-error.ts';
import type { RemotePlace } from './remote/ask-remote.ts';
import { startServer, type BackupPlan } from './start-server.ts';
import { migrateStores, openStoresToRead, storesToText } from './storage/open-stores.ts';
import { SourceError } from './stores/source-error.ts';
import { errorText } from './system-error.ts';
import { version } from './version.ts';

const output = standardOutput;
const stderrFd = 2;

/** What `args` ask for, with the settings of `environment`. Sets the exit code of the process. */
export async function run(args: readonly string[], environment: Environment): Promise<void> {
  try {
    await runCommand(parseCommandLine(args), environment);
  } catch (error) {
    if (error instanceof SourceError) return fail(`${error.message} ${error.advice}, then run it again.`);
    if (!(error instanceof OperatorError)) throw error;
    if (error instanceof OutputLostError && error.readerLeft) return;
    fail(error.message, error.exitCode);
  }
}

function fail(sentence: string, exitCode: number = exitCodes.failed): void {
  output.stderr(`${sentence}\n`);
  process.exitCode = exitCode;
}

async function runCommand(
  { command, configPath, asJson, account }: CommandLine,
  environment: Environment,
): Promise<void> {
  if (command.name === 'help') return output.stdout(helpByCommand[command.about]);
  if (command.name === 'version') return output.stdout(`${version}\n`);
  const settings = settingsOf(configPath, environment);
  if (command.name === 'config') return printConfig(settings, output, asJson);
  if (command.name === 'start') return start(settings, configPath, environment);
  if (command.name === 'health') return checkHealth({ ...settings, output });
  const printing = { settings, now: Date.now(), output, asJson };
  if (isAboutAccounts(command)) return changeAccounts(command, printing);
  if (account !== null && settings.manyAccounts === null) throw refuseAccount();
  if (isAboutTokens(command)) return changeTokens(command, account, printing);
  if (command.name === 'check server')
    return checkRemote(remotePlaceOf(command.address, environment), reporting(asJson));
  if (command.name === 'backup server')
    return backUpServer(command, settings, environment, reporting(asJson));
  if (command.name === 'check backup') return checkBackupIn(resolve(command.folder), reporting(asJson));
  const about: About = { settings, account, how: reporting(asJson) };
  if (command.name === 'status') return forAccounts(about, (of, how) => printStatus(of, how.output, asJson));
  if (command.name === 'doctor')
    return examine({ settings, account, fetch, now: Date.now, randomBytes }, output, asJson);
  if (command.name === 'check') return forAccounts(about, (of, how) => check(of, command.isDeep, how));
  if (command.name === 'backup') return backUpKept(about, command);
  if (command.name === 'restore') return restoreKept(about, command);
  return printMigration(await migrateStores(settings), settings, output);
}

function settingsOf(configPath: string | null, environment: Environment): Settings {
  const path = configPath ?? environment['DATAANS_CONFIG'] ?? null;
  return readSettings(environment, path === null ? null : readConfigFile(path), () =>
    defaultDataFolder(environment, process.platform, homedir),
  );
}

async function start(settings: Settings, configPath: string | null, environment: Environment): Promise<void> {
  const auth = requireAuth(settings);
  const logger = createStderrLogger(settings);
  const stopSignal = waitForStopSignal(() => process.exit(exitCodes.failed));
  const server = await startServer({
    ...settings,
    auth,
    backup: backupPlanOf(settings, configPath, environment),
    webApp: readBuiltApp(),
    logger,
  });
  const { address, metricsAddress, appHash } = server;
  const metrics = metricsAddress !== null && { metrics: metricsAddress };
  const app = appHash !== null && { app: appHash };
  logger.info({ version, auth, address, ...metrics, ...app, ...keptIn(settings) }, 'started');
  printAddress(address, logger);
  if (isatty(stderrFd)) output.stderr(hint(settings.publicUrl?.origin ?? address, appHash));
  const signal = await stopSignal;
  logger.info({ signal }, 'stopping');
  await server.close();
  logger.info({}, 'stopped');
}

function backupPlanOf(
  { backups }: Settings,
  configPath: string | null,
  environment: Environment,
): BackupPlan | null {
  if (backups === null) return null;
  const { folder, schedule, heartbeatUrl } = backups;
  const configWords = configPath === null ? [] : ['--config', configPath];
  const command = createOwnCommand(ownProgram(), environment);
  return { folder, schedule, work: createBackupWork({ folder, heartbeatUrl, command, configWords }) };
}

function createStderrLogger({ logLevel, logFormat }: Settings): Logger {
  const format = createLineFormat(logFormat, systemClock);
  const tellOfLost = (lines: number) => format('warn', { lines }, 'log lines lost');
  return createLogger(openLineOutput(stderrFd, tellOfLost), format, logLevel);
}

/** A server that runs is worth more than the line that says where: that is in the log as well. */
function printAddress(address: string, logger: Logger): void {
  try {
    output.stdout(`${address}\n`);
  } catch (error) {
    logger.warn({ failure: errorText(error) }, 'address not printed');
  }
}

function hint(address: string, appHash: string | null): string {
  const app = appHash === null ? '' : `Open your notes at: ${address}/app/\nBuild of the app: ${appHash}\n`;
  return `${app}Connect a device with: dataans sign-in ${address}\nStop with Ctrl+C.\n`;
}

function reporting(asJson: boolean): Reporting {
  const isTerminal = isatty(stderrFd);
  return {
    output,
    progress: createProgress({ isTerminal, write: output.stderr, now: () => performance.now() }),
    asJson,
  };
}

function keptIn(settings: Settings): { readonly dataFolder: string } | { readonly database: string } {
  const { dataFolder, database } = settings;
  return database === null ? { dataFolder } : { database: storesToText(settings) };
}

async function backUpServer(
  command: Extract<Command, { readonly name: 'backup server' }>,
  { backupKeep: keep }: Settings,
  environment: Environment,
  how: Reporting,
): Promise<void> {
  const { verify } = command;
  const target = { folder: resolve(command.folder), verify, keep, now: Date.now(), program: version };
  return backUpRemote(remotePlaceOf(command.address, environment), target, how);
}

/** A server elsewhere, and what lets us in there. */
function remotePlaceOf(address: string, environment: Environment): RemotePlace {
  const access = readRemoteAccess(environment);
  const { protocol, host, hostname } = new URL(address);
  if (access.kind !== 'none' && protocol === 'http:' && !isLoopbackHost(hostname))
    output.stderr(
      `Warning: http:// sends the token to ${host} without encryption. Use https://, unless the network between is encrypted.\n`,
    );
  return { address, access };
}

async function check(settings: Settings, isDeep: boolean, how: Reporting): Promise<void> {
  const { log, chunks, openIndex, close } = await openStoresToRead(settings);
  try {
    await checkStores({ log, chunks, index: openIndex(), isDeep, hash: sha256 }, how);
  } finally {
    await close();
  }
}

function refuseAccount(): OperatorError {
  return new OperatorError(
    'This server has one account. Leave out --account, or set DATAANS_ACCOUNTS=many.',
    { exitCode: exitCodes.usage },
  );
}
