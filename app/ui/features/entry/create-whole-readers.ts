import { type Accessor, createMemo } from 'solid-js'
import type { Guardian, Guardians } from '#app/core/kept-session.ts'
import { createWatch, useSession } from '../../session.ts'

/** Who else acts in the whole record, and so reads what is private, or was asked to: each person once. */
export function createWholeReaders(): Accessor<readonly Guardian[]> {
  const session = useSession()
  const guardians = createWatch<Guardians>(listener => session.watchGuardians(listener))
  return createMemo(() => {
    const others = (guardians()?.guardians ?? []).filter(
      ({ isThisOne, state, purpose }) => !isThisOne && state !== 'removing' && purpose !== 'hand-over',
    )
    return [...new Map(others.map(one => [one.contactId ?? one.deviceId, one])).values()]
  })
}
