import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { chromiumPath, launchArgs } from '#tests/support/chromium.ts'
import { RelayProcess } from '#tests/browser/relay-process.ts'

const DIST = 'dist/app'

interface FirstLoad {
  /** Page, styles, typeface, the window's and the worker's scripts. */
  readonly appBytes: number
  /** automerge.wasm, and libsodium, whose WebAssembly is inside its script. */
  readonly webAssemblyBytes: number
}

/** What a first visit to the welcome page loads from a real relay in real Chromium, in bytes as sent (brotli twins). */
export async function firstLoad(): Promise<FirstLoad> {
  if (!existsSync(join(DIST, 'index.html'))) throw new Error('Cannot measure the first load: run `npm run build` first')
  const relay = await RelayProcess.start()
  const browser = await chromium.launch({ executablePath: await chromiumPath(), args: launchArgs })
  try {
    // Without the service worker, which fetches the whole app for use without a network.
    const context = await browser.newContext({ serviceWorkers: 'block' })
    const page = await context.newPage()
    const paths = new Set<string>()
    page.on('response', response => paths.add(new URL(response.url()).pathname))
    await page.goto(relay.origin)
    await page.getByRole('main').waitFor()
    await page.waitForLoadState('networkidle')
    const isWebAssembly = (path: string) => path.endsWith('.wasm') || path.includes('/libsodium-')
    const sum = (wanted: readonly string[]) => wanted.reduce((total, path) => total + sentBytes(path), 0)
    return {
      appBytes: sum([...paths].filter(path => !isWebAssembly(path))),
      webAssemblyBytes: sum([...paths].filter(isWebAssembly)),
    }
  } finally {
    await browser.close()
    await relay.destroy()
  }
}

function sentBytes(path: string): number {
  const file = join(DIST, path === '/' ? 'index.html' : path)
  const twin = `${file}.br`
  if (existsSync(twin)) return statSync(twin).size
  return existsSync(file) ? statSync(file).size : 0
}
