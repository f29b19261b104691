import { readFileSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import solid from 'vite-plugin-solid'

/** Solid's template() assigns innerHTML: passes its static strings through our Trusted Types policy. */
function trustedTemplates(): Plugin {
  const solidWeb = /solid-js\/web\/dist\/(web|dev)\.js/
  return {
    name: 'trusted-templates',
    enforce: 'pre',
    apply: 'build',
    transform(code, id) {
      if (!solidWeb.test(id)) return
      const changed = code.replace('t.innerHTML = html;', 't.innerHTML = templateMarkup(html);')
      if (changed === code) this.error('solid-js/web changed: the innerHTML of template() was not found')
      return { code: `import { templateMarkup } from "/trusted-types.ts";\n${changed}`, map: null }
    },
  }
}

/**
 * The order of the cascade layers is that of their first mention, and the sheets of split chunks load in any order: so each
 * begins with the statement of app/ui/styles/layers.css.
 */
function layersFirst(): Plugin {
  const order = readFileSync(new URL('app/ui/styles/layers.css', import.meta.url), 'utf8')
  return {
    name: 'layers-first',
    enforce: 'pre',
    transform(code, id) {
      return id.endsWith('.module.css') ? { code: `${order}\n${code}`, map: null } : undefined
    },
  }
}

const brotli = promisify(brotliCompress)
const WORTH_IT = /\.(js|css|html|svg|wasm|webmanifest)$/

/** Brotli twins of what shrinks, so that the relay never compresses while it serves. */
function precompress(): Plugin {
  let dir = ''
  return {
    name: 'precompress',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      dir = resolve(config.root, config.build.outDir)
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const names = await readdir(dir, { recursive: true })
        for (const name of names.filter(each => WORTH_IT.test(each))) {
          const bytes = await readFile(join(dir, name))
          // Level 9 is within 4 % of 11 on our WebAssembly and takes a fifth of the time of `npm start`.
          const quality = bytes.length > 1 << 20 ? 9 : 11
          await writeFile(
            `${join(dir, name)}.br`,
            await brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }),
          )
        }
      },
    },
  }
}

export default defineConfig({
  root: 'app',
  plugins: [
    // Style attributes in compiled templates would trip `style-src 'self'`.
    solid({ solid: { inlineStyles: false } as object }),
    trustedTemplates(),
    layersFirst(),
    VitePWA({
      registerType: 'prompt',
      injectRegister: false,
      strategies: 'injectManifest',
      srcDir: '.',
      filename: 'service-worker.ts',
      includeManifestIcons: false,
      manifest: {
        id: '/',
        name: 'Wellkeep',
        short_name: 'Wellkeep',
        description: 'Your health record, in your own hands.',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        categories: ['health', 'medical'],
        background_color: '#f6f3ec',
        theme_color: '#f6f3ec',
        icons: [
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
          { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
        ],
      },
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,svg,png,wasm,woff2,webmanifest}'],
        // The pages for health links and for whoever has no Wellkeep are nothing that the app needs without a network.
        globIgnores: ['view.html', 'answer.html'],
        maximumFileSizeToCacheInBytes: 6 << 20,
      },
    }),
    precompress(),
  ],
  worker: {
    format: 'es',
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // WebAssembly inside a script: apart, the worker's own code changes without it being fetched again.
            { name: 'libsodium', test: /libsodium/ },
            // What it begins with, in one piece: left to itself the bundler cuts off what each lazy chunk needs of it as well.
            { name: 'vault', tags: ['$initial'] },
          ],
        },
      },
    },
  },
  server: { proxy: { '/v1': { target: 'http://localhost:8787', ws: true } } },
  build: {
    outDir: '../dist/app',
    emptyOutDir: true,
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox128', 'safari17.5'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: ['app/index.html', 'app/view.html', 'app/answer.html', 'app/connected.html'],
      output: {
        codeSplitting: {
          // What a page begins with, in one piece: in some forty, a phone far from the relay waits for them six at a time. The pages' own
          // entries stay apart, as what is in a piece runs wherever it is loaded.
          groups: [{ name: 'window', tags: ['$initial'], test: /app[\\/](?!index|main|view|answer|connected)/ }],
        },
      },
    },
  },
})
