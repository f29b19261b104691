import { wipe } from '#crypto/sodium.ts'
import { rootOfWords } from '#crypto/words.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { homeLogOf } from '../home/create-account.ts'
import type { Clock } from '../ports.ts'
import type { PractiseFailure } from '../session.ts'
import type { VaultSlot } from './open-vault.ts'

/** Whether these are the words of the record that is open. Nothing of them is kept; only the day of it is written down. */
export async function practiseKit(
  slot: VaultSlot,
  clock: Clock,
  words: string,
): Promise<Result<void, PractiseFailure>> {
  const root = rootOfWords(words)
  if (!root.ok) return fail({ kind: 'words', check: root.failure })
  const home = homeLogOf(root.value)
  wipe(root.value)
  const vault = slot.open
  if (vault === undefined) return fail({ kind: 'locked' })
  const { logs } = vault.account
  if (home !== logs.home.log.id) return fail({ kind: 'other-record' })
  const noted = await logs.home.changePerson(doc => {
    doc.kitPractisedAt = clock.now()
  })
  return noted.ok ? ok(undefined) : fail({ kind: 'not-stored', why: noted.failure })
}
