import { createSignal } from 'solid-js'
import type { RecoverFailure, Session, WordsCheck } from '#app/core/session.ts'
import { guessDeviceName } from '../../device-name.ts'
import type { PlainKey } from '../../language/language.ts'
import { isTooShort } from '../../parts/passphrase-strength.ts'
import { wordsIn } from '../../parts/draft-words.ts'

/** The state and the acts of the recovery page. */
export function createRecovery(session: Session) {
  const [words, setWords] = createSignal('')
  const [passphrase, setPassphrase] = createSignal('')
  // Equal answers change nothing: a press on a suggestion first leaves the field, and the button must survive that check.
  const [check, setCheck] = createSignal<WordsCheck | undefined>(undefined, {
    equals: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  })
  const [isTried, setIsTried] = createSignal(false)
  const passphraseProblem = (): PlainKey | undefined =>
    isTried() && isTooShort(passphrase()) ? 'pass.tooShort' : undefined
  const [failure, setFailure] = createSignal<RecoverFailure>()
  const [isWorking, setIsWorking] = createSignal(false)

  const checkNow = async (): Promise<boolean> => {
    const text = wordsIn(words()).join(' ')
    if (text === '') return false
    const known = await session.checkWords(text)
    setCheck(known)
    return known.kind === 'ok'
  }

  const recover = async (replace = false) => {
    const isRight = await checkNow()
    if (!isRight && check() === undefined) setCheck({ kind: 'count', got: 0 })
    setIsTried(true)
    if (!isRight || passphraseProblem() !== undefined || isWorking()) return
    setIsWorking(true)
    setFailure()
    const recovered = await session.recover({
      words: wordsIn(words()).join(' '),
      passphrase: passphrase(),
      deviceName: guessDeviceName(),
      replace,
    })
    setIsWorking(false)
    if (recovered.ok) return
    setFailure(recovered.failure)
    if (recovered.failure.kind === 'words') setCheck(recovered.failure.check)
  }

  return {
    words,
    typeWords(text: string) {
      setWords(text)
      setCheck(undefined)
    },
    passphrase,
    setPassphrase,
    check,
    checkNow,
    passphraseProblem,
    failure,
    clearFailure: () => setFailure(),
    isWorking,
    recover: () => recover(),
    /** The copy that stands in the way goes, once the record was fetched. */
    replaceAndRecover: () => recover(true),
  }
}
