import type { Session } from '#app/core/session.ts'
import { runVaultWorker } from '#app/platform/vault-worker.ts'

/** A vault worker whose vault does not open at first: nobody can say why a disk is not read. `devices` tells how often it was tried. */
let tries = 0

runVaultWorker(async () => {
  tries++
  if (tries < 3) throw new Error('Cannot read the disk')
  return {
    session: { devices: async () => Array.from({ length: tries }) } as unknown as Session,
    watchKey: () => () => undefined,
    unlockWithKey: async () => undefined,
    setOnline: () => undefined,
    dispose: () => undefined,
  }
})
