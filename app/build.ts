/** `npm start`'s first half: builds the app and says so in one line; what goes wrong is told whole. Arguments go to `vite build`. */
import { spawn } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const VITE = join(dirname(fileURLToPath(import.meta.resolve('vite/package.json'))), 'bin/vite.js')
const ROOT = fileURLToPath(new URL('..', import.meta.url))
const OUT = join(ROOT, 'dist/app')

interface Outcome {
  readonly exitCode: number
  readonly printed: string
}

function viteBuild(args: readonly string[]): Promise<Outcome> {
  const child = spawn(process.execPath, [VITE, 'build', ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (printed += String(chunk)))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve({ exitCode: code ?? 1, printed }))
  })
}

async function sizesIn(folder: string): Promise<readonly number[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile())
  return Promise.all(files.map(async file => (await stat(join(file.parentPath, file.name))).size))
}

const startedMs = performance.now()
console.log('Building the app…')
const { exitCode, printed } = await viteBuild(process.argv.slice(2))
if (exitCode === 0) {
  const sizes = await sizesIn(OUT)
  const megabytes = sizes.reduce((sum, size) => sum + size, 0) / 1e6
  const seconds = Math.round((performance.now() - startedMs) / 1000)
  console.log(`Built in ${seconds} s: ${sizes.length} files, ${megabytes.toFixed(1)} MB, in ${OUT}`)
} else {
  process.stderr.write(printed)
  console.error('The app could not be built: what went wrong stands above.')
}
process.exitCode = exitCode
