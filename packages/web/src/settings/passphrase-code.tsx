import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { encode } from 'uqr';
import { Button } from '../elements/button.tsx';
import { formatPassphraseLink } from '../first-run/passphrase-link.ts';
import { Check, Link } from '../icons/icons.ts';
import { useApp } from '../state/context.ts';
import { drawSquares } from './draw-squares.ts';

/** Empty squares around it, which a camera needs to find it. */
const border = 4;

/** The passphrase for another device's camera, or as a link: the password is in neither. */
export function PassphraseCode({ passphrase }: { readonly passphrase: string }): VNode {
  const said = useApp().words.value;
  const [isCopied, setCopied] = useState(false);
  const link = formatPassphraseLink(location.origin, passphrase);
  const { data, size } = encode(link, { border });
  const isOnlyHere = /^(?:localhost|127\.|\[::1\])/.test(location.hostname);
  return (
    <section class="passphrase-code">
      <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={said.passphraseCode}>
        <rect class="paper" width={size} height={size} />
        <path class="squares" d={drawSquares(data)} />
      </svg>
      <div>
        <p>{said.passphraseCodeLead}</p>
        {isOnlyHere && <p class="hint">{said.addressOnlyHere(location.host)}</p>}
        <Button
          icon={isCopied ? Check : Link}
          words={said.copyPassphraseLink}
          onPress={() => void navigator.clipboard.writeText(link).then(() => setCopied(true))}
        />
      </div>
    </section>
  );
}
