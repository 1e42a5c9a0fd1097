// A second thread on the row groups of one file.
import { parentPort, workerData } from 'node:worker_threads';
import { type GroupWork, readGroups } from './groups.ts';

const port = parentPort;
readGroups(workerData as GroupWork);
port?.postMessage('read');
