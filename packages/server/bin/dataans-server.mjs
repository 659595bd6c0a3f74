#!/usr/bin/env node
import { runProgram } from '../../../scripts/run-program.mjs';

await runProgram('dataans-server', new URL('../src/main.ts', import.meta.url));
