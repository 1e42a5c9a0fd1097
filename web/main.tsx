import { MantineProvider } from '@mantine/core';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './mantine.css';
import './tokens.css';
import './base.css';
import { createDataLayer, DataProvider } from './data/provider.tsx';
import { schemeManager, ThemeFollower } from './frame/scheme.ts';
import { buildRouter } from './routes.tsx';
import { theme, variables } from './theme.ts';

// Only the built screens are kept for use without a network: while they are written, every file changes under its name.
if (import.meta.hot === undefined && 'serviceWorker' in navigator)
  void navigator.serviceWorker.register('/worker.js', { updateViaCache: 'none' }).catch(() => undefined);

const layer = createDataLayer();
const router = buildRouter({ layer });
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id root');

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      colorSchemeManager={schemeManager()}
      defaultColorScheme="auto"
    >
      <ThemeFollower />
      <DataProvider layer={layer}>
        <RouterProvider router={router} />
      </DataProvider>
    </MantineProvider>
  </StrictMode>,
);
