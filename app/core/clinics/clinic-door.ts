import type { ImportId } from '#schema/record/entry.ts'
import type { ClinicSession } from '../clinic-session.ts'
import type { Ports } from '../ports.ts'
import type { PassphraseCheck } from '../vault/fresh-unlock.ts'
import type { VaultSlot } from '../vault/open-vault.ts'
import type { ClinicDesk } from './clinic-desk.ts'

export interface ClinicDoor extends ClinicSession {
  /** What a fetch brought is in the record. */
  readonly noteImported: (importId: ImportId) => Promise<void>
}

/** The desk of clinics, loaded when somebody first asks for it: most people connect none, and it is the largest of the desks. */
export function makeClinicDoor(ports: Ports, slot: VaultSlot, vault: PassphraseCheck): ClinicDoor {
  let opening: Promise<ClinicDesk> | undefined
  async function load(): Promise<ClinicDesk> {
    const { ClinicDesk } = await import('./clinic-desk.ts')
    return ClinicDesk.open(ports, slot, vault)
  }
  function desk(): Promise<ClinicDesk> {
    opening ??= load().catch((error: unknown) => {
      // A script that did not come now may come the next time.
      opening = undefined
      throw error
    })
    return opening
  }
  return {
    watchClinics: async listener => (await desk()).watchClinics(listener),
    lookAtClinic: async address => (await desk()).lookAtClinic(address),
    beginClinic: async request => (await desk()).beginClinic(request),
    finishClinic: async answer => (await desk()).finishClinic(answer),
    forgetClinicSignIn: async state => (await desk()).forgetClinicSignIn(state),
    fetchClinic: async (id, what) => (await desk()).fetchClinic(id, what),
    clinicFiles: async id => (await desk()).clinicFiles(id),
    fetchClinicFile: async (id, index) => (await desk()).fetchClinicFile(id, index),
    disconnectClinic: async id => (await desk()).disconnectClinic(id),
    // Whoever never asked has nothing under way.
    cancelClinic: async () => (await opening)?.cancelClinic(),
    noteImported: async importId => (await opening)?.noteImported(importId),
  }
}
