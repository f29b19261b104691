import { ImmutableString } from '@automerge/automerge/slim'
import { DeviceId, LogId } from '#schema/ids.ts'
import { copyOf } from '../record/carry-over.ts'
import { twinsOf } from '../twin-maps.ts'
import { answerOffer, endKept } from './kept-changes.ts'
import { endOf, type KeptDocument, type KeptRecordDocument } from './kept-document.ts'

type Change = (doc: KeptDocument) => void

/**
 * Two devices that take a guardian's offer, or open a record by its words, before either has heard of the other each put a map for it, of
 * which one counts. What the other one says would be lost: that it was accepted, declined or taken back, with which device this person
 * acts, what was brought over. Answers what is to be changed, nothing once it was.
 */
export function joinTwinOffers(doc: Readonly<KeptDocument>): Change[] {
  return Object.keys(doc).flatMap(key => {
    const [id, record] = [LogId.parse(key), doc[key]]
    return id === undefined || record === undefined ? [] : twinsOf(doc, key).flatMap(twin => joinOne(id, record, twin))
  })
}

function joinOne(id: LogId, record: KeptRecordDocument, twin: KeptRecordDocument): Change[] {
  const end = endOf(twin)
  if (endOf(record) !== undefined) return end === undefined && !knewOf(record, twin) ? [putInPlace(id, twin)] : []
  if (end !== undefined && knewOf(twin, record)) {
    const device = DeviceId.parse(String(twin.endedDevice ?? ''))
    return [doc => (end === 'declined' ? answerOffer(doc, id, end) : endKept(doc, id, end, device))]
  }
  const accepts: Change[] = twin.isAccepted && end === undefined && !record.isAccepted ? [takeAnswer(id, twin)] : []
  return [...accepts, ...(lacks(record, twin) ? [takeRest(id, twin)] : [])]
}

/** What ended there is what is open here, and no later offer. */
function knewOf(twin: KeptRecordDocument, record: KeptRecordDocument): boolean {
  return Object.entries(record.devices).every(([name, bytes]) => bytes.length === 0 || twin.devices[name] !== undefined)
}

/** What ended was the offer before. */
function putInPlace(id: LogId, twin: KeptRecordDocument): Change {
  return doc => {
    const former = Object.keys(doc[id]?.devices ?? {}).map(name => [name, new Uint8Array(0)] as const)
    const next = copyOf(twin) as KeptRecordDocument
    doc[id] = { ...next, devices: { ...Object.fromEntries(former), ...next.devices } }
  }
}

function takeAnswer(id: LogId, twin: KeptRecordDocument): Change {
  return doc => {
    const record = doc[id]
    if (record === undefined) return
    record.isAccepted = true
    record.until = twin.until
    record.purpose = new ImmutableString(String(twin.purpose))
    if (twin.terms !== undefined) record.terms = new Uint8Array(twin.terms)
    if (twin.contact !== undefined) record.contact = new ImmutableString(String(twin.contact))
    if (twin.toTell !== undefined) record.toTell = new ImmutableString(String(twin.toTell))
  }
}

function lacks(record: KeptRecordDocument, twin: KeptRecordDocument): boolean {
  const isMissing = (there: object | undefined = {}, here: object | undefined = {}) =>
    Object.keys(there).some(name => !Object.hasOwn(here, name))
  return (
    isMissing(twin.devices, record.devices) ||
    isMissing(twin.enrolled, record.enrolled) ||
    isMissing(twin.homeKeys, record.homeKeys) ||
    isMissing(twin.carried, record.carried) ||
    isMissing(twin.givenTerms, record.givenTerms) ||
    dropped(record, twin).length > 0 ||
    (twin.isBrought === true && record.isBrought !== true)
  )
}

/** Devices that are of no use any more there. */
function dropped(record: KeptRecordDocument, { devices }: KeptRecordDocument): string[] {
  return Object.keys(devices).filter(name => devices[name]?.length === 0 && (record.devices[name]?.length ?? 0) > 0)
}

function takeRest(id: LogId, twin: KeptRecordDocument): Change {
  return doc => {
    const record = doc[id]
    if (record === undefined) return
    for (const name of dropped(record, twin)) record.devices[name] = new Uint8Array(0)
    for (const [name, bytes] of Object.entries(twin.devices)) record.devices[name] ??= new Uint8Array(bytes)
    for (const name of Object.keys(twin.enrolled)) record.enrolled[name] = true
    for (const [name, secret] of Object.entries(twin.homeKeys)) record.homeKeys[name] ??= new Uint8Array(secret)
    if (twin.carried !== undefined) record.carried ??= {}
    for (const [place, heads] of Object.entries(twin.carried ?? {})) {
      record.carried![place] ??= new ImmutableString(String(heads))
    }
    if (twin.givenTerms !== undefined) record.givenTerms ??= {}
    for (const guardian of Object.keys(twin.givenTerms ?? {})) record.givenTerms![guardian] = true
    if (twin.isBrought === true) record.isBrought = true
  }
}
