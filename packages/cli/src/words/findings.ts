import type { Finding, FindingKind } from '@dataans/client';

/** The command that goes with the advice of a finding. */
const commandByKind: Readonly<Partial<Record<FindingKind, string>>> = {
  'answers-contradict': 'To look again: dataans verify',
  'chain-differs': 'To look again: dataans verify',
  'log-rolled-back': 'Run: dataans sync',
  'log-replaced': 'Run: dataans sync',
  'log-forked': 'To see the code: dataans status',
  'lost-again': 'If you did: dataans status --acknowledge',
  'entry-unreadable': 'To stop showing this: dataans status --acknowledge',
  'entry-altered': 'Then run: dataans sync',
  'entry-displaced': 'Then run: dataans sync',
  'operations-missing':
    'If that device is gone for good, stop showing this with: dataans status --acknowledge',
  'operation-refused': 'Run: dataans verify',
  'account-rolled-back': 'To stop showing this: dataans status --acknowledge',
  'account-weakened': 'On the server: dataans-server restore DIR',
  'chunk-missing': 'The commands: dataans verify --deep, dataans sync',
  'chunk-altered': 'The commands: dataans verify --deep, dataans sync',
};

/** What to do about a finding. The engine's advice names no command, this program's does. */
export function adviceForFinding({ kind, advice }: Pick<Finding, 'kind' | 'advice'>): string {
  const command = commandByKind[kind];
  return command === undefined ? advice : `${advice} ${command}`;
}
