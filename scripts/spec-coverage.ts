// Every rule of docs/spec has a test whose title starts with its id, and every id that is named exists.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isTestFile, repositoryFiles } from './check/source-files.ts';
import { citedRules, definedRules, testedRules } from './spec-coverage/rule-ids.ts';
import { specFindings } from './spec-coverage/spec-findings.ts';

const root = dirname(import.meta.dirname);
const files = repositoryFiles(root);
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const documents = files.filter((path) => /^docs\/spec\/.*\.md$/.test(path));
const tests = files.filter((path) => /^(packages|tests)\//.test(path) && holdsRules(path));
const sources = files.filter((path) => /^packages\/[^/]+\/src\/.*\.tsx?$/.test(path));

const findings = specFindings({
  defined: documents.flatMap((path) => definedRules(path, read(path))),
  tested: tests.flatMap((path) => testedRules(path, read(path))),
  cited: sources.flatMap((path) => citedRules(path, read(path))),
});

for (const finding of findings) process.stdout.write(`${finding}\n`);
if (findings.length > 0) process.exitCode = 1;

/** A rule about a program that not every machine has is held by a proof. */
function holdsRules(path: string): boolean {
  return isTestFile(path) || path.endsWith('.conformance.ts');
}
