import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

/** The browser for tests: $CHROME, else the system's chromium, else the one npm brought. */
export async function chromiumPath(): Promise<string> {
  const system = [process.env.CHROME, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(p => p && existsSync(p))
  if (system && !process.env.NPM_CHROME) return system
  // @sparticuz/chromium unpacks into tmpdir() once, with its libraries when it believes it is on Lambda,
  // and its fonts.conf names /tmp: keep all of it in the project and say where the fonts are.
  const dir = resolve('node_modules/.cache/chromium-153')
  await mkdir(dir, { recursive: true })
  process.env.TMPDIR = dir
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs22.x'
  const { default: chromium } = await import('@sparticuz/chromium')
  const path = await chromium.executablePath()
  const fonts = `<fontconfig><dir>/usr/share/fonts</dir><dir>${join(dir, 'fonts')}</dir><cachedir>${join(dir, 'fonts-cache')}</cachedir></fontconfig>`
  await writeFile(
    join(dir, 'fonts/fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">${fonts}\n`,
  )
  return path
}

export const launchArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
