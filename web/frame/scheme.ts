import { useMantineColorScheme } from '@mantine/core';
import type { MantineColorSchemeManager } from '@mantine/core';
import { useEffect } from 'react';

const STORE = 'throughline.scheme';

/** Keeps the wish under our own key, the one that `first-paint.js` reads. */
export function schemeManager(): MantineColorSchemeManager {
  let listen: ((event: StorageEvent) => void) | null = null;
  return {
    get: (otherwise) => {
      try {
        const wish = localStorage.getItem(STORE);
        return wish === 'light' || wish === 'dark' || wish === 'auto' ? wish : otherwise;
      } catch {
        return otherwise;
      }
    },
    set: (wish) => {
      try {
        localStorage.setItem(STORE, wish);
      } catch {
        // A closed storage costs only the memory of the choice.
      }
    },
    subscribe: (tell) => {
      listen = (event) => {
        if (
          event.key === STORE &&
          (event.newValue === 'light' || event.newValue === 'dark' || event.newValue === 'auto')
        )
          tell(event.newValue);
      };
      window.addEventListener('storage', listen);
    },
    unsubscribe: () => {
      if (listen) window.removeEventListener('storage', listen);
    },
    clear: () => {
      try {
        localStorage.removeItem(STORE);
      } catch {
        // As above.
      }
    },
  };
}

/** `data-theme`, which the tokens obey, follows `data-mantine-color-scheme`. */
export function ThemeFollower() {
  useEffect(() => {
    const root = document.documentElement;
    const follow = () => {
      const scheme = root.getAttribute('data-mantine-color-scheme');
      if (scheme && root.dataset['theme'] !== scheme) root.dataset['theme'] = scheme;
    };
    follow();
    const watch = new MutationObserver(follow);
    watch.observe(root, { attributes: true, attributeFilter: ['data-mantine-color-scheme'] });
    return () => watch.disconnect();
  }, []);
  return null;
}

export type SchemeWish = 'light' | 'dark' | 'auto';

export function useScheme(): [SchemeWish, (wish: SchemeWish) => void] {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return [colorScheme, setColorScheme];
}
