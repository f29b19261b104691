import { defineConfig } from 'vite'
import solid from 'vite-plugin-solid'

/** `npx vite --config tests/support/preview/vite.config.ts`: the screens over the fake session, on port 5298. */
export default defineConfig({
  root: import.meta.dirname,
  cacheDir: '../../../node_modules/.vite-preview',
  plugins: [solid()],
  server: { port: 5298, strictPort: true },
})
