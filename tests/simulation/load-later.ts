import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'

const CORE = fileURLToPath(new URL('../../app/core', import.meta.url))
const LATER = /\bimport\('(\.[^']+)'\)/g

let loaded: Promise<unknown> | undefined

/**
 * What the core loads only when it is wanted, loaded now. Virtual time doesn't wait for the disk: on a busy machine hours of it passed
 * before a module was there, and a seed was played otherwise than it is anywhere else.
 */
export function loadLater(): Promise<unknown> {
  loaded ??= Promise.all([...laterModules()].map(path => import(/* @vite-ignore */ `#app/core/${path}`)))
  return loaded
}

function laterModules(): ReadonlySet<string> {
  const found = new Set<string>()
  for (const entry of readdirSync(CORE, { recursive: true, encoding: 'utf8' })) {
    if (!entry.endsWith('.ts')) continue
    for (const [, path = ''] of readFileSync(join(CORE, entry), 'utf8').matchAll(LATER)) {
      found.add(posix.join(dirname(entry), path))
    }
  }
  return found
}
