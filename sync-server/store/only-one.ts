import { Database } from './database.ts'

/** Held by the one relay that runs on a store. */
export interface Hold {
  release(): void
}

/** For a relay that is just stopping, or a command that looks whether one serves. */
const WAIT_MS = 1000

/**
 * One relay a file: a second one would not hear what the first one takes. Undefined where another process still holds it after `waitMs`. The lock is the
 * system's, on a file beside the store, so a killed relay leaves none; the store itself stays readable for `status`, `backup` and `verify`.
 */
export function holdStore(path: string, waitMs = WAIT_MS): Hold | undefined {
  if (path === ':memory:') return { release: () => undefined }
  const lock = new Database(`${path}-lock`)
  try {
    lock.exec(`PRAGMA busy_timeout = ${waitMs}`)
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
    return { release: () => lock.close() }
  } catch (error) {
    lock.close()
    if (error instanceof Error && /locked/.test(error.message)) return undefined
    throw error
  }
}
