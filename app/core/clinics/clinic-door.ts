import type { ImportId } from '#schema/record/entry.ts'
import type { ClinicSession } from '../clinic-session.ts'
import type { Ports } from '../ports.ts'
import type { PassphraseCheck } from '../vault/fresh-unlock.ts'
import type { VaultSlot } from '../vault/open-vault.ts'
import { WhenAsked } from '../when-asked.ts'

export interface ClinicDoor extends ClinicSession {
  /** What a fetch brought is in the record. */
  readonly noteImported: (importId: ImportId) => Promise<void>
}

/** The desk of clinics, loaded when somebody first asks for it: most people connect none, and it is the largest of the desks. */
export function makeClinicDoor(ports: Ports, slot: VaultSlot, vault: PassphraseCheck): ClinicDoor {
  const desk = new WhenAsked(async () => {
    const { ClinicDesk } = await import('./clinic-desk.ts')
    return ClinicDesk.open(ports, slot, vault)
  })
  return {
    watchClinics: async listener => (await desk.get()).watchClinics(listener),
    lookAtClinic: async address => (await desk.get()).lookAtClinic(address),
    beginClinic: async request => (await desk.get()).beginClinic(request),
    finishClinic: async answer => (await desk.get()).finishClinic(answer),
    forgetClinicSignIn: async state => (await desk.get()).forgetClinicSignIn(state),
    fetchClinic: async (id, what) => (await desk.get()).fetchClinic(id, what),
    clinicFiles: async id => (await desk.get()).clinicFiles(id),
    fetchClinicFile: async (id, index) => (await desk.get()).fetchClinicFile(id, index),
    disconnectClinic: async id => (await desk.get()).disconnectClinic(id),
    // Whoever never asked has nothing under way.
    cancelClinic: async () => desk.here?.cancelClinic(),
    noteImported: async importId => desk.here?.noteImported(importId),
  }
}
