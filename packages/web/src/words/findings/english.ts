import { createCount } from '../plural.ts';
import type { FindingWords } from './finding-words.ts';
import { createLengthOfTime } from './length-of-time.ts';
import { formatRuns, type Runs } from './number-runs.ts';

const count = createCount('en');
const notes = (number: number): string => count(number, { one: 'note', other: 'notes' });
const ofNotes = (some: number, all: number): string =>
  `${new Intl.NumberFormat('en').format(some)} of your ${notes(all)}`;
const length = createLengthOfTime('en');

const entry = (seq: number | undefined): string =>
  seq === undefined ? 'An entry on the server' : `Entry ${seq} on the server`;
const numbers = (runs: Runs): string => (runs.length === 0 ? '' : ` (numbers ${formatRuns(runs)})`);
const fileOf = (file: string | undefined): string => (file === undefined ? 'a file' : `“${file}”`);
const device = (name: string | undefined): string => (name === undefined ? 'another device' : `“${name}”`);

const intact = 'Syncing goes on, and your notes are intact.';
const whoWrites = 'check who can write to the server and its disk';
const startAgain = 'Restore the server from a backup, or start it with an empty data folder, then sync.';
const sendPiece = 'Sync a device that has the file. It sends the piece again. Or attach the file again.';

export const findingsInEnglish: FindingWords = {
  byKind: {
    'answers-contradict': () => ({
      what: 'The server’s answers contradict each other.',
      advice:
        'Nothing on this device was lost. Sync again. If this comes back, check whether someone changed the server’s data.',
    }),
    'chain-differs': ({ seq }) => ({
      what:
        seq === undefined
          ? 'The server’s log doesn’t match what this device saw there.'
          : `Up to entry ${seq}, the server’s log doesn’t match what this device saw there.`,
      advice: `Nothing on this device was lost. Sync again. If this comes back, the log was altered. ${startAgain}`,
    }),
    'log-rolled-back': ({ deviceName }) =>
      deviceName === undefined
        ? {
            what: 'The server went back to an older state and is missing changes that it once had.',
            advice: 'Nothing on this device was lost. Sync again to send them.',
          }
        : {
            what: `“${deviceName}” has seen more of the server’s log than the server shows this device.`,
            advice: 'Sync that device, then this one. Nothing on either of them was lost.',
          },
    'log-replaced': () => ({
      what: 'The server has a different log now. It was set up from scratch, or it is another server.',
      advice: 'If you expected that, sync to send it everything from this device.',
    }),
    'log-forked': ({ deviceName }) => ({
      what: `The server shows ${device(deviceName)} a different log from the one it shows this device.`,
      advice:
        'Compare the short code of the log on both devices. If the codes differ while both are synced, start the server with an empty data folder and sync each device. They send everything again.',
    }),
    'lost-again': () => ({
      what: 'The server asks again for what this device sent it again within the last week.',
      advice:
        'Did you wipe or restore the server yourself? Then press “Stop showing” and sync. If not, find out who did. Nothing on this device was lost, and nothing is sent until then.',
    }),
    'entry-unreadable': ({ seq }) => ({
      what: `${entry(seq)} can’t be read. It was altered, or someone without your keys added it.`,
      advice: `${intact} Reload this page first, in case a newer version of Dataans made the entry. If that doesn’t help, ${whoWrites}.`,
    }),
    'entry-altered': ({ seq }) => ({
      what: `${entry(seq)} differs from this device’s copy of the same change.`,
      advice: `This device keeps its own copy. ${startAgain}`,
    }),
    'entry-withheld': ({ seq }) => ({
      what: `${entry(seq)} no longer has its contents, and this device never received them.`,
      advice: 'Another device may have them. Sync that one. Nothing on this device was lost.',
    }),
    'entry-displaced': ({ seq }) => ({
      what: `${entry(seq)} isn’t the change that this device sent or received there.`,
      advice: `This device still has the original. ${startAgain}`,
    }),
    'entry-repeated': ({ seq }) => ({
      what: `${entry(seq)} repeats a change from an earlier entry.`,
      advice: `${intact} If you see this more often, ${whoWrites}.`,
    }),
    'operations-missing': ({ deviceName, missing = [] }) => ({
      what: `Changes from ${deviceName === undefined ? 'a device without a name' : `“${deviceName}”`} haven’t arrived here${numbers(missing)}.`,
      advice:
        'Sync that device, then this one. If they’re still missing after that, the server is holding them back.',
    }),
    'operation-refused': () => ({
      what: 'The server refused a change. It says that a different one has the same id.',
      advice: 'The change is kept on this device. Check everything on the server to find out what it has.',
    }),
    'account-missing': () => ({
      what: 'The server has lost your account. Until it’s back, new devices can’t sign in.',
      advice: 'Sync this device. It sends the account again. If this comes back, sign in again here.',
    }),
    'account-changed': () => ({
      what: 'Your account on the server has changed, and this device’s keys don’t prove that you did it.',
      advice:
        'Did you create the account again, or restore a backup of the server? Then sign in again on this device. If not, check who can reach the server.',
    }),
    'account-rolled-back': ({ deviceName }) =>
      deviceName === undefined
        ? {
            what: 'The server had gone back to an older state of your account. This device has sent the newer one again.',
            advice:
              'Did you restore a backup of the server? Then all is well. If not, someone tried to bring back a former password. Check who can write to the server.',
          }
        : {
            what: `“${deviceName}” has seen a newer state of your account than the server shows this device.`,
            advice:
              'Sync that device. It sends the newer one to the server. Don’t change the password before that.',
          },
    'account-weakened': () => ({
      what: 'Your account on the server asks for unsafe key settings.',
      advice:
        'Don’t enter your password on any device until you know why. Someone may have changed the account. To get the earlier one back, restore a backup of the server.',
    }),
    'account-damaged': () => ({
      what: 'Your account on the server is damaged, or comes from a newer version of Dataans.',
      advice: 'Reload this page first. If that doesn’t help, restore the server from a backup.',
    }),
    'chunk-missing': ({ file }) => ({
      what: `The server is missing a piece of ${fileOf(file)}.`,
      advice: sendPiece,
    }),
    'chunk-altered': ({ file }) => ({
      what: `The server sent an altered piece of ${fileOf(file)}.`,
      advice: sendPiece,
    }),
    'chunk-unreadable': ({ file }) => ({
      what: `The server has a wrong piece of ${fileOf(file)}.`,
      advice: 'Attach the file again on a device that has it.',
    }),
  },
  unknown: {
    what: 'Something on the server isn’t right.',
    advice: 'A newer version of Dataans has found it. Reload this page to read what it is.',
  },
  deletedElsewhere: (deleted, all) => `Other devices deleted ${ofNotes(deleted, all)}.`,
  emptiedElsewhere: (emptied, all) => `Other devices emptied ${ofNotes(emptied, all)}.`,
  bringBack: 'Bring them back',
  broughtBack: (number) => `Brought back ${notes(number)}.`,
  clockAhead: (ms) =>
    `This device’s clock is ${length(ms)} ahead of the server’s. Please correct it, unless the server’s clock is the wrong one.`,
  clockBehind: (ms) =>
    `This device’s clock is ${length(ms)} behind the server’s. Please correct it, unless the server’s clock is the wrong one.`,
  serverClock: (ms) =>
    `This device’s clock and the server’s differ by ${length(ms)}. Other devices agree with this one. Check the server’s clock.`,
  clockLeftAhead: (ms) =>
    `This device’s clock was ${length(ms)} ahead. It continues as a new device. Nothing is lost.`,
};
