import { startHomeWorker } from '@dataans/client/worker';

startHomeWorker();
