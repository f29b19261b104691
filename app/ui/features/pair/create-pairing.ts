import { createSignal, onCleanup } from 'solid-js'
import type { PairingFailure, PairingOffer, PairingState, Session } from '#app/core/session.ts'
import type { Result } from '#schema/result.ts'
import type { FreshUnlockAnswer } from '../../record/fresh-unlock-dialog.tsx'
import { createWatch } from '../../session.ts'

/** What both sides of a pairing share: its state, its failures, and its end when the page is left. */
export function createPairing(session: Session) {
  let isFirst = true
  const watched = createWatch<PairingState>(listener =>
    session.watchPairing(state => {
      // What an earlier pairing came to is no news: this page begins a new one.
      if (isFirst && (state.kind === 'done' || state.kind === 'failed')) void session.cancelPairing()
      else listener(state)
      isFirst = false
    }),
  )
  const [refusal, setRefusal] = createSignal<PairingFailure>()
  const [isWorking, setIsWorking] = createSignal(false)
  const [offer, setOffer] = createSignal<PairingOffer>()

  const state = (): PairingState => watched() ?? { kind: 'idle' }
  const failure = (): PairingFailure | undefined => {
    const now = state()
    return refusal() ?? (now.kind === 'failed' ? now.failure : undefined)
  }
  const work = async <Value>(act: Promise<Result<Value, PairingFailure>>): Promise<Value | undefined> => {
    setIsWorking(true)
    setRefusal()
    const answer = await act
    setIsWorking(false)
    if (answer.ok) return answer.value
    setRefusal(answer.failure)
    return undefined
  }

  onCleanup(() => {
    const { kind } = state()
    if (kind === 'waiting' || kind === 'compare') void session.cancelPairing()
  })

  return {
    state,
    failure,
    isWorking,
    offer,
    async start(passphrase: string, deviceName: string) {
      setOffer(await work(session.startPairing({ passphrase, deviceName })))
    },
    answer: (text: string) => work(session.answerPairing(text)),
    /** That the digits differ, or on the new device that they are the same. */
    confirm: (isSame: boolean) => work(session.confirmPairing(isSame)),
    /** On the old device, that they are the same. What is refused for the passphrase may be typed again. */
    async admit(passphrase: string): Promise<FreshUnlockAnswer> {
      const admitted = await session.confirmPairing(true, passphrase)
      if (!admitted.ok && admitted.failure.kind === 'wrong-passphrase') return 'wrong-passphrase'
      if (!admitted.ok) setRefusal(admitted.failure)
      return undefined
    },
    async again() {
      setRefusal()
      setOffer()
      await session.cancelPairing()
    },
  }
}
