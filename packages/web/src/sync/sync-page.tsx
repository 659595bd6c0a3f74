import type { DeviceRow, HomeStatus } from '@dataans/client';
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button, IconButton } from '../elements/button.tsx';
import { Icon } from '../elements/icon.tsx';
import { PageHeader } from '../elements/page-header.tsx';
import { Copy, Laptop, RefreshCw, ShieldCheck } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { tellError } from '../state/tell-error.ts';
import { tellDay } from './tell-day.ts';
import { Findings } from './findings.tsx';
import { tellStatus } from './tell-status.ts';
import { Verify } from './verify.tsx';

/** What stands behind the one line: how things are, and what to do about it. */
export function SyncPage({ onOpenSpaces }: { readonly onOpenSpaces: () => void }): VNode {
  const { state, words } = useApp();
  const status = state.status.value;
  return (
    <main class="main">
      <div class="top">
        <PageHeader title={words.value.sync} onOpenSpaces={onOpenSpaces} />
      </div>
      <div class="scroller" tabIndex={-1}>
        {status !== null && (
          <div class="page">
            <Calm status={status} />
            <Findings status={status} />
            <Devices />
            <ShortCode status={status} />
            <section>
              <h2>{words.value.check}</h2>
              <Verify />
            </section>
          </div>
        )}
      </div>
    </main>
  );
}

function Calm({ status }: { readonly status: HomeStatus }): VNode {
  const { home, formats, notices, words } = useApp();
  const said = words.value;
  const told = tellStatus(status, said);
  const lead = {
    calm: said.everythingOnServer,
    waiting: said.waitingLead,
    offline: said.offlineLead,
    'signed-out': said.sessionEndedLead(status.pendingChanges),
    wrong: status.problem === null ? '' : tellError(Object.assign(new Error(), status.problem), said),
  }[told.tone];
  const last =
    status.lastSyncAt === null
      ? said.neverSynced
      : said.lastSync(formats.value.dateAndTime(status.lastSyncAt));
  return (
    <section>
      <div class="calm">
        <Icon of={told.tone === 'calm' ? ShieldCheck : RefreshCw} />
        <strong>{told.words}</strong>
        <Button
          class="small"
          words={said.syncNow}
          onPress={() =>
            void home.sync.retry().catch((error: unknown) => notices.show(tellError(error, said)))
          }
        />
        <p>
          {lead} {last}
        </p>
      </div>
    </section>
  );
}

function Devices(): VNode {
  const { home, formats, now, settings, state, words } = useApp();
  const said = words.value;
  const readers = { formats: formats.value, language: settings.value.language };
  const [devices, setDevices] = useState<readonly DeviceRow[]>([]);
  useEffect(() => void home.sync.devices().then(setDevices), [state.status.value?.lastSyncAt]);
  return (
    <section>
      <h2>{said.devices}</h2>
      <ul class="rows">
        {devices.map((device) => (
          <li key={device.id} class="device">
            <Icon of={Laptop} />
            <span class="name" dir="auto">
              {device.name}
            </span>
            <span class="last">
              {device.isThisOne
                ? said.thisDevice
                : said.lastHeard(tellDay(device.lastHeardAt, now(), readers))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ShortCode({ status }: { readonly status: HomeStatus }): VNode | null {
  const { notices, words } = useApp();
  const said = words.value;
  const code = status.position?.code;
  if (code === undefined) return null;
  return (
    <section>
      <h2>{said.shortCode}</h2>
      <div class="short-code">
        <span>{code}</span>
        <IconButton
          class="small"
          icon={Copy}
          words={said.copy}
          onPress={() => void navigator.clipboard.writeText(code).then(() => notices.show(said.copied))}
        />
      </div>
      <p class="quiet">{said.shortCodeLead}</p>
    </section>
  );
}
