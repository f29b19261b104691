import type { Guardian, Guardians, KeptRecord, KeptRecords } from '#app/core/kept-session.ts'
import type { Session } from '#app/core/session.ts'
import { until } from './test-device.ts'

export async function keptOf(session: Session): Promise<KeptRecords> {
  const told = Promise.withResolvers<KeptRecords>()
  const stop = await session.watchKept(told.resolve)
  stop()
  return told.promise
}

/** The kept record of that name, once it can be read here. */
export async function openKept(session: Session, name: string): Promise<KeptRecord> {
  const find = async () =>
    (await keptOf(session)).records.find(record => record.name === name && record.state !== 'fetching')
  await until(async () => (await find()) !== undefined)
  return (await find())!
}

export async function keptTitles(session: Session, keptId: string): Promise<string[] | undefined> {
  const asked = await session.askKept(keptId, 'timelineRows', [{}, 0, 1000])
  return asked?.answer.map(row => row.title).toSorted()
}

export const keptShows = (session: Session, keptId: string, expected: readonly string[]) =>
  until(async () => (await keptTitles(session, keptId))?.join() === expected.join())

/** Everything of the kept record is at the relay. */
export const keptBackedUp = (session: Session, keptId: string) =>
  until(async () => {
    const told = Promise.withResolvers<string>()
    const stop = await session.watchInKept(keptId, 'watchStatus', [], ((status: { kind: string }) =>
      told.resolve(status.kind)) as (told: never) => void)
    const kind = await told.promise
    stop()
    return kind === 'backed-up'
  })

export async function keepFor(session: Session, personName: string): Promise<{ keptId: string; words: string }> {
  const kept = await session.keepRecord({ personName, birthDate: '2012-05-06', relation: 'child' })
  if (!kept.ok) throw new Error(kept.failure.kind)
  await openKept(session, personName)
  return { keptId: kept.value.keptId, words: kept.value.kit.words.join(' ') }
}

/** Who acts in the kept record, or in one's own. */
export async function guardiansIn(session: Session, keptId?: string): Promise<readonly Guardian[]> {
  const told = Promise.withResolvers<Guardians>()
  const stop =
    keptId === undefined
      ? await session.watchGuardians(told.resolve)
      : await session.watchInKept(keptId, 'watchGuardians', [], told.resolve as (told: never) => void)
  const { guardians } = await told.promise
  stop()
  return guardians
}
