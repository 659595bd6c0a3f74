import { useEffect, useRef, useState } from 'preact/hooks';

/** Takes files and folders that are dropped anywhere on the page. @returns whether some are being dragged over it */
export function useDroppedFiles(onDrop: (dropped: DataTransfer) => void): boolean {
  const [isOver, setOver] = useState(false);
  // It may say something else by now, as in another language.
  const take = useRef(onDrop);
  take.current = onDrop;
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const filesOf = ({ dataTransfer }: DragEvent): DataTransfer | null =>
      dataTransfer?.types.includes('Files') === true ? dataTransfer : null;
    const over = (event: DragEvent): void => {
      if (filesOf(event) === null) return;
      event.preventDefault();
      setOver(true);
    };
    const drop = (event: DragEvent): void => {
      setOver(false);
      const dropped = filesOf(event);
      if (dropped === null || event.defaultPrevented) return;
      event.preventDefault();
      take.current(dropped);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    document.addEventListener('dragover', over, { signal });
    document.addEventListener('dragleave', leave, { signal });
    document.addEventListener('drop', drop, { signal });
    return () => listening.abort();
  }, []);
  return isOver;
}
