import type {
  BeginClinic,
  ClinicFailure,
  ClinicFile,
  ClinicInfo,
  ClinicOffer,
  Clinics,
  ClinicSession,
  ClinicSignIn,
} from '#app/core/clinic-session.ts'
import type { ImportPreview } from '#app/core/import-session.ts'
import type { Stop } from '#app/core/session.ts'
import type { EntryId } from '#schema/record/entry.ts'
import { instant } from '#schema/instant.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { FakeBackup } from './fake-backup.ts'
import { Watched } from './fake-watch.ts'

export const FAKE_OFFER: ClinicOffer = {
  address: 'https://fhir.clinic.example/r4',
  host: 'fhir.clinic.example',
  loginHost: 'login.clinic.example',
  hosts: ['fhir.clinic.example', 'login.clinic.example'],
  scope: 'launch/patient patient/*.rs offline_access',
  staysSignedIn: true,
}

export const FAKE_CLINIC: ClinicInfo = {
  endHost: FAKE_OFFER.loginHost,
  clinicId: 'c1',
  name: 'Riverside Clinic',
  address: FAKE_OFFER.address,
  host: FAKE_OFFER.host,
  hosts: FAKE_OFFER.hosts,
  scope: FAKE_OFFER.scope,
  clientId: 'wellkeep',
  connectedAt: instant(Date.UTC(2026, 9, 2)),
  mustSignIn: false,
}

/** Clinics in memory: `clinics` is what is watched, `nextClinicFailure` makes the next call fail with it. */
export class FakeClinics extends FakeBackup implements ClinicSession {
  readonly clinics = new Watched<Clinics>({ clinics: [], begun: [] })
  readonly fetches: (readonly [string, 'new' | 'everything'])[] = []
  answers: readonly string[] = []
  nextClinicFailure: ClinicFailure['why'] | undefined

  watchClinics(listener: (clinics: Clinics) => void): Promise<Stop> {
    return this.clinics.watch(listener)
  }

  async lookAtClinic(): Promise<Result<ClinicOffer, ClinicFailure>> {
    return this.#failed() ?? ok(FAKE_OFFER)
  }

  async beginClinic(request: BeginClinic): ReturnType<ClinicSession['beginClinic']> {
    if (request.passphrase !== this.passphrase) return fail({ kind: 'wrong-passphrase' })
    const signIn: ClinicSignIn = {
      state: 'a-state-of-some-length',
      name: request.name === '' ? FAKE_OFFER.host : request.name,
      host: FAKE_OFFER.host,
      loginHost: FAKE_OFFER.loginHost,
      signInUrl: `https://login.clinic.example/authorize?client_id=${request.clientId}&redirect_uri=${request.redirect}`,
      beganAt: instant(Date.now()),
    }
    this.clinics.set({ ...this.clinics.value, begun: [signIn] })
    return ok(signIn)
  }

  async finishClinic(answer: string): Promise<Result<ClinicInfo, ClinicFailure>> {
    this.answers = [...this.answers, answer]
    const failed = this.#failed()
    this.clinics.set({ clinics: failed === undefined ? [FAKE_CLINIC] : [], begun: [] })
    return failed ?? ok(FAKE_CLINIC)
  }

  async forgetClinicSignIn(): Promise<Result<void, ClinicFailure>> {
    this.clinics.set({ ...this.clinics.value, begun: [] })
    return ok(undefined)
  }

  async fetchClinic(clinicId: string, what: 'new' | 'everything'): ReturnType<ClinicSession['fetchClinic']> {
    this.fetches.push([clinicId, what])
    const failed = this.#failed()
    if (failed !== undefined) return failed
    const preview = await this.previewImport(new Blob(['{}']), `${FAKE_CLINIC.name} (${FAKE_CLINIC.host})`)
    if (!preview.ok) return preview
    const unusable: ImportPreview['unusable'] = [{ reason: 'clinic-file', count: 2, examples: ['Discharge letter'] }]
    return ok({ ...preview.value, unusable })
  }

  files: readonly ClinicFile[] = []
  readonly filesAsked: (readonly [EntryId, number])[] = []

  async clinicFiles(): Promise<readonly ClinicFile[]> {
    return this.files
  }

  async fetchClinicFile(id: EntryId, index: number): ReturnType<ClinicSession['fetchClinicFile']> {
    this.filesAsked.push([id, index])
    const failed = this.#failed()
    if (failed !== undefined) return failed
    const title = this.files.find(each => each.index === index)?.title ?? ''
    const files = [{ file: new Blob(['%PDF-1.7']), name: 'letter.pdf' }]
    return this.addPaper({ files, title, about: id, keepAsIs: true, isPrivate: false })
  }

  async cancelClinic(): Promise<void> {}

  async disconnectClinic(clinicId: string): ReturnType<ClinicSession['disconnectClinic']> {
    const { clinics, ...rest } = this.clinics.value
    this.clinics.set({ ...rest, clinics: clinics.filter(each => each.clinicId !== clinicId) })
    return ok({ ended: 'by-clinic' })
  }

  #failed(): Result<never, ClinicFailure> | undefined {
    const why = this.nextClinicFailure
    this.nextClinicFailure = undefined
    return why === undefined ? undefined : fail({ kind: 'clinic', why })
  }
}
