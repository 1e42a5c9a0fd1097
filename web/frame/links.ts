import { useEffect } from 'react';

/**
 * Parts draw plain links, in HTML and inside drawings alike; this turns a click on one of our own pages into
 * a move within the product. New tabs, downloads and other sites keep the browser's way.
 */
export function useOwnLinks(go: (path: string) => void): void {
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      if (event.defaultPrevented || event.button !== 0) return;
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      if (!link || link.getAttribute('target') || link.hasAttribute('download')) return;
      const path = link.getAttribute('href');
      if (!path?.startsWith('/') || path.startsWith('//') || path.startsWith('/api/')) return;
      event.preventDefault();
      go(path);
    };
    document.addEventListener('click', onClick);
    return () => document.removeEventListener('click', onClick);
  }, [go]);
}
