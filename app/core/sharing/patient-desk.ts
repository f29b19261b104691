import { ShareId } from '#schema/ids.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import type { Section } from '#schema/record/sections.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { utf8 } from '#schema/bytes.ts'
import type { KeptWhat } from '../follow-session.ts'
import { LiveView } from '../live-view.ts'
import type {
  ConditionHits,
  ConditionQuery,
  KeepCopy,
  KeepCopyFailure,
  KeptCopy,
  NotedCopy,
  NoteKept,
  Patient,
  PatientHits,
  PatientSession,
} from '../patient-session.ts'
import type { ShownResults, Stop } from '../session.ts'
import { conditionsIn, isEmpty } from './find-conditions.ts'
import type { PeopleDesk } from './people-desk.ts'
import type { Sharing } from './sharing.ts'
import type { KnownGrant } from './received-document.ts'
import { MAX_KEPT_NOTE_BYTES } from './share-letters.ts'
import { bringsConversation, namesOf, sectionsOf } from './shared-names.ts'
import { inOrder } from './shown-sections.ts'

/** Of one patient's entries so many are shown. */
const HITS_A_PATIENT = 5

interface Going {
  readonly sharing: Sharing
  readonly grant: KnownGrant
}

/** Many records of others: which there are, what is new, what is found in them, and copies that are kept. */
export class PatientDesk {
  readonly #people: PeopleDesk
  readonly #view: LiveView<readonly Patient[]>

  constructor(people: PeopleDesk) {
    this.#people = people
    this.#view = new LiveView<readonly Patient[]>(
      [],
      () => people.sharing,
      () => this.#read(),
    )
    people.onSharing(() => this.#view.changed())
  }

  watch(listener: (patients: readonly Patient[]) => void): Promise<Stop> {
    return this.#view.watch(listener)
  }

  async check(): ReturnType<PatientSession['checkPatients']> {
    const { sharing } = this.#people
    if (sharing === undefined) return fail({ kind: 'locked' })
    const checked = await sharing.received.records.checkMoved()
    return checked.ok ? checked : fail({ kind: checked.failure })
  }

  async search(text: string, shown: ShownResults = {}): Promise<PatientHits> {
    const { sharing } = this.#people
    const patients: PatientHits['patients'][number][] = []
    let notHere = 0
    if (sharing === undefined || text.trim() === '') return { patients, notHere }
    for (const grant of await goingOf(sharing)) {
      const found = await sharing.received.records.find(grant, { text, ...shown }, HITS_A_PATIENT)
      if (this.#people.sharing !== sharing) return { patients: [], notHere: 0 }
      if (found === undefined) notHere += 1
      else if (found.total > 0) patients.push({ shareId: grant.id, recordName: grant.recordName, ...found })
      if (found !== undefined && found.total > 0) await noteHits(sharing, grant.id, found.entries)
    }
    return { patients: patients.toSorted(byName), notHere }
  }

  async byCondition(condition: ConditionQuery): Promise<ConditionHits> {
    const { sharing } = this.#people
    const patients: ConditionHits['patients'][number][] = []
    const going = sharing === undefined || isEmpty(condition) ? [] : await goingOf(sharing)
    const asked = going.filter(grant => sectionsOf(grant).includes('problems'))
    let notHere = 0
    for (const grant of asked) {
      const found = await conditionsIn(sharing!.received.records, grant, condition)
      if (this.#people.sharing !== sharing) return { patients: [], notHere: 0, notShared: 0 }
      if (found === undefined) notHere += 1
      if (found === undefined || found.length === 0) continue
      const entries = found.slice(0, HITS_A_PATIENT)
      const { id: shareId, contact: contactId, recordName } = grant
      patients.push({ shareId, contactId, recordName, total: found.length, entries })
      await noteHits(sharing!, grant.id, entries)
    }
    return { patients: patients.toSorted(byName), notHere, notShared: going.length - asked.length }
  }

  async keepCopy(id: string, request: KeepCopy): Promise<Result<KeptCopy, KeepCopyFailure>> {
    const found = await this.#going(id)
    if (!found.ok) return found
    const { sharing, grant } = found.value
    const { records } = sharing.received
    const release = records.hold(grant.id)
    try {
      const record = (await records.open(grant.id))?.record
      if (record === undefined) return fail({ kind: 'not-found' })
      const noted = await this.#note(found.value, { ...request, what: 'copy' })
      if (!noted.ok) return noted
      return ok({ ...noted.value, fhir: await record.exportSections(noted.value.sections) })
    } finally {
      release()
    }
  }

  async noteKept(id: string, request: NoteKept): Promise<Result<NotedCopy, KeepCopyFailure>> {
    const found = await this.#going(id)
    if (!found.ok) return found
    const noted = await this.#note(found.value, request)
    if (!noted.ok) return noted
    const { at, isTold } = noted.value
    return ok({ at, isTold })
  }

  async #going(id: string): Promise<Result<Going, KeepCopyFailure>> {
    const { sharing } = this.#people
    if (sharing === undefined) return fail({ kind: 'locked' })
    const shareId = ShareId.parse(id)
    const grant = (await goingOf(sharing)).find(one => one.id === shareId)
    return grant === undefined ? fail({ kind: 'not-found' }) : ok({ sharing, grant })
  }

  /** Durable when it answers ok; told at once where the relay can be reached. */
  async #note(
    { sharing, grant }: Going,
    request: KeepCopy & { readonly what: KeptWhat },
  ): Promise<Result<NotedCopy & { readonly sections: readonly Section[] }, KeepCopyFailure>> {
    const checked = checkedCopy(request, grant)
    if (!checked.ok) return checked
    const kept = { shareId: grant.id, at: sharing.office.now(), what: request.what, ...checked.value }
    const noted = await sharing.received.noteKept(kept)
    if (!noted.ok) return fail({ kind: 'not-stored', why: noted.failure })
    await this.#people.checkMail()
    const told = (await sharing.received.grants()).find(one => one.id === grant.id)
    const isTold = told?.keptToTell.every(([name]) => name !== String(kept.at)) ?? false
    return ok({ at: kept.at, sections: kept.sections, isTold })
  }

  async #read(): Promise<readonly Patient[]> {
    const { sharing } = this.#people
    if (sharing === undefined) return []
    const patients: Patient[] = []
    for (const grant of await sharing.received.grants()) {
      const { records } = sharing.received
      const byThem = grant.endedBy === undefined || grant.endedBy === 'stopped' || grant.endedBy === 'expired'
      if (!grant.isAccepted || !byThem || grant.isPutAway || bringsConversation(grant)) continue
      if (!records.isOver(grant)) patients.push(goingPatient(grant, await records.row(grant)))
      else patients.push({ ...endedPatient(grant), ...(records.isUnsure(grant) ? { isUnsure: true as const } : {}) })
    }
    return patients.toSorted(bySoonestEnd)
  }
}

async function goingOf({ received }: Sharing): Promise<readonly KnownGrant[]> {
  const grants = await received.grants()
  return grants.filter(grant => grant.isAccepted && !received.records.isOver(grant) && !bringsConversation(grant))
}

const byName = (a: { readonly recordName: string }, b: { readonly recordName: string }) =>
  a.recordName.localeCompare(b.recordName)

/** A title in a list of hits has been on the screen as well. */
async function noteHits({ received }: Sharing, id: ShareId, entries: readonly EntrySummary[]): Promise<void> {
  await received.noteLook(id, inOrder(entries.map(entry => entry.section)))
}

function checkedCopy(request: KeepCopy, { logs }: KnownGrant): Result<KeepCopy, KeepCopyFailure> {
  const shared = new Set(namesOf(logs))
  const sections = inOrder(request.sections.filter(section => shared.has(section)))
  const note = request.note.trim()
  if (sections.length === 0) return fail({ kind: 'nothing-chosen' })
  if (request.reason === 'other' && note === '') return fail({ kind: 'reason-needed' })
  if (utf8(note).length > MAX_KEPT_NOTE_BYTES) return fail({ kind: 'too-long' })
  return ok({ sections, reason: request.reason, note })
}

function goingPatient(grant: KnownGrant, row: Awaited<ReturnType<Sharing['received']['records']['row']>>): Patient {
  const { id, contact, recordName, receivedAt, until, isPaused } = grant
  return {
    shareId: id,
    contactId: contact,
    recordName,
    since: receivedAt,
    sections: sectionsOf(grant),
    state: isPaused ? 'paused' : 'going',
    mayHaveNews: row.hasMoved,
    ...(until === NEVER ? {} : { until }),
    ...(row.birthDate === undefined ? {} : { birthDate: row.birthDate }),
    ...(row.lookedAt === undefined ? {} : { lookedAt: row.lookedAt }),
  }
}

/** Only whose it was, and when it ended. */
function endedPatient({ id, contact, recordName, receivedAt, until, endedBy, endedAt }: KnownGrant): Patient {
  return {
    shareId: id,
    contactId: contact,
    recordName,
    since: receivedAt,
    sections: [],
    state: 'ended',
    endedBy: endedBy === 'stopped' ? 'stopped' : 'expired',
    endedAt: endedAt ?? until,
    mayHaveNews: false,
  }
}

const STATES: readonly Patient['state'][] = ['going', 'paused', 'ended']

/** Those that go on first, whoever ends soonest at the top; then the paused; then the ended, the latest first. */
function bySoonestEnd(a: Patient, b: Patient): number {
  const byState = STATES.indexOf(a.state) - STATES.indexOf(b.state)
  if (byState !== 0) return byState
  if (a.state === 'ended') return (b.endedAt ?? 0) - (a.endedAt ?? 0)
  return (a.until ?? NEVER) - (b.until ?? NEVER) || a.recordName.localeCompare(b.recordName)
}
