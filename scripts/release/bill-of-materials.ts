import { execFileSync } from 'node:child_process';
import { root } from './programs.ts';
import { copiedParts } from './third-party.ts';

/** As much of CycloneDX as is read or replaced here. */
interface BillOfMaterials {
  readonly serialNumber?: string;
  readonly metadata: object;
  readonly components: readonly Component[];
}

interface Component {
  readonly type: string;
  readonly name: string;
  readonly version: string;
}

const npm = ['sbom', '--package-lock-only', '--omit=dev', '--omit=optional', '--sbom-format=cyclonedx'];
const rooms = ['--workspace=packages/cli', '--workspace=packages/server'];

/**
 * What the programs and the app are made of, as CycloneDX: by npm, from the lock. When and where it was made is left out, so that the
 * same lock gives the same bytes.
 */
export function billOfMaterials(version: string): string {
  // Written by npm in this form.
  const written = JSON.parse(
    execFileSync('npm', [...npm, ...rooms], { cwd: root, encoding: 'utf8' }),
  ) as BillOfMaterials;
  const { serialNumber: _random, metadata: _time, ...bill } = written;
  const node = {
    type: 'platform',
    name: 'node',
    version: process.versions.node,
    description: 'In the programs of one file',
    purl: `pkg:generic/node@${process.versions.node}`,
  };
  const icons = copiedParts().map((part) => ({
    type: 'library',
    name: part.name,
    version: part.version,
    licenses: [{ license: { id: part.license } }],
    description: 'Icons of the app',
    purl: `pkg:npm/${part.name}@${part.version}`,
  }));
  const component = { 'bom-ref': `dataans@${version}`, type: 'application', name: 'dataans', version };
  const whole = { ...bill, metadata: { component }, components: [...bill.components, ...icons, node] };
  return `${JSON.stringify(whole, null, 2)}\n`;
}
