import type { ComponentType, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** A part of the screen whose program comes when it is first shown, so that the first page is there sooner. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;
  return function Later(props: Props): VNode | null {
    const [Part, setPart] = useState(() => loaded);
    useEffect(() => {
      if (loaded === null)
        void load().then((part) => {
          loaded = part;
          setPart(() => part);
        });
    }, []);
    return Part === null ? null : <Part {...props} />;
  };
}
