import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));
const API = process.env['THROUGHLINE_API'] ?? 'http://127.0.0.1:8080';

/** Mantine's sheet of variables carries twelve colour scales this product never shows; only its sizes stay. */
function withoutColourScales(): Plugin {
  const SCALE =
    /^\s*--mantine-color-(?:red|pink|grape|violet|indigo|blue|cyan|green|lime|yellow|orange|teal)-[^;]*;\n/gm;
  return {
    name: 'without-colour-scales',
    enforce: 'pre',
    transform: {
      filter: { id: /default-css-variables\.css/ },
      handler: (code) => code.replace(SCALE, ''),
    },
  };
}

export default defineConfig({
  root,
  plugins: [withoutColourScales(), react()],
  server: { host: '127.0.0.1', proxy: { '/api': { target: API, changeOrigin: false } } },
  build: {
    outDir: fileURLToPath(new URL('../dist/web', import.meta.url)),
    emptyOutDir: true,
    // Inlined fonts and pictures would need data: in the content security policy.
    assetsInlineLimit: 0,
    sourcemap: false,
    chunkSizeWarningLimit: 900,
  },
});
