import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { demand } from './world.ts'

const CORE = fileURLToPath(new URL('../../app/core', import.meta.url))
const LATER = /\bimport\(([^)]*)\)/g
/** A module of ours, by its path or by its top-level folder. */
const OURS = /^'([.#][^']+)'$/

let loaded: Promise<unknown> | undefined

/**
 * What the core loads only when it is wanted, loaded now. Virtual time doesn't wait for the disk: on a busy machine hours of it passed
 * before a module was there, and a seed was played otherwise than it is anywhere else.
 */
export function loadLater(): Promise<unknown> {
  loaded ??= Promise.all([...laterModules()].map(path => import(/* @vite-ignore */ path)))
  return loaded
}

function laterModules(): ReadonlySet<string> {
  const found = new Set<string>()
  for (const entry of readdirSync(CORE, { recursive: true, encoding: 'utf8' })) {
    if (!entry.endsWith('.ts')) continue
    for (const [whole, given = ''] of readFileSync(join(CORE, entry), 'utf8').matchAll(LATER)) {
      const path = OURS.exec(given)?.[1]
      demand(path !== undefined, `${entry} loads what cannot be loaded before: ${whole}`)
      found.add(path.startsWith('#') ? path : join(CORE, dirname(entry), path))
    }
  }
  return found
}
