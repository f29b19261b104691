import { fail } from '#schema/result.ts'
import type { CardSession } from './card-session.ts'
import { CARD_SHARD, type CardDocument, isCardChange, readCardChoices, writeCardChange } from './home/card-document.ts'
import type { Clock } from './ports.ts'
import type { Stop } from './session.ts'
import type { OpenVault, VaultSlot } from './vault/open-vault.ts'

/** The emergency card of the record in a slot: what can be on it, and what is chosen. */
export function makeCardDesk(slot: VaultSlot, clock: Clock): CardSession {
  return {
    watchCard: async listener => following(slot, vault => follow(slot, vault, listener)),
    watchCardChoices: async listener => following(slot, vault => followChoices(slot, vault, listener)),
    async changeCard(change) {
      const home = slot.open?.account.logs.home
      if (home === undefined) return fail({ kind: 'locked' })
      if (!isCardChange(change)) return fail({ kind: 'invalid', field: 'key' })
      await home.log.change<CardDocument>(CARD_SHARD, doc => writeCardChange(doc, change, clock.now()))
      const saved = await home.log.flush()
      return saved.ok ? saved : fail({ kind: 'not-stored', why: saved.failure })
    },
  }
}

/** Follows each open record until the answer is called. */
function following(slot: VaultSlot, start: (vault: OpenVault) => () => void): Stop {
  let leave: (() => void) | undefined
  const end = slot.onRecord(() => {
    if (slot.open !== undefined) leave = start(slot.open)
    return () => {
      leave?.()
      leave = undefined
    }
  })
  return () => {
    end()
    leave?.()
  }
}

/** One look at a time, and one more after whatever changed meanwhile; a lock closes the logs under whoever is looking. */
function makeLook(isThere: () => boolean, tell: () => Promise<void>): () => void {
  let isLooking = false
  let isDue = false
  return async () => {
    isDue = true
    if (isLooking) return
    isLooking = true
    try {
      while (isDue && isThere()) {
        isDue = false
        await tell()
      }
    } catch (cause) {
      if (isThere()) throw cause
    } finally {
      isLooking = false
    }
  }
}

const choicesIn = async ({ account }: OpenVault) =>
  readCardChoices(await account.logs.home.log.read<CardDocument>(CARD_SHARD))

function follow(slot: VaultSlot, vault: OpenVault, listener: Parameters<CardSession['watchCard']>[0]): Stop {
  const { record } = vault
  let isOver = false
  const isThere = () => !isOver && slot.open?.record === record
  const look = makeLook(isThere, async () => {
    const entries = await record.cardEntries()
    const choices = await choicesIn(vault)
    if (isThere()) listener({ ...entries, choices })
  })
  const stopHome = vault.account.logs.home.watch(CARD_SHARD, look)
  const watching = record.watchChanges(look)
  return () => {
    isOver = true
    stopHome()
    void watching.then(stop => stop())
  }
}

function followChoices(
  slot: VaultSlot,
  vault: OpenVault,
  listener: Parameters<CardSession['watchCardChoices']>[0],
): Stop {
  let isOver = false
  const isThere = () => !isOver && slot.open === vault
  const look = makeLook(isThere, async () => {
    const choices = await choicesIn(vault)
    if (isThere()) listener(choices)
  })
  const stop = vault.account.logs.home.watch(CARD_SHARD, look)
  look()
  return () => {
    isOver = true
    stop()
  }
}
