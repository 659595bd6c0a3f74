export { startHomeWorker } from './start-home-worker.ts';
