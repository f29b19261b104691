import Fingerprint from 'lucide-solid/icons/fingerprint-pattern'
import { createResource, createSignal, Show } from 'solid-js'
import type { PasskeyDoor } from '#app/core/passkey-session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useHost, useSession } from '../../session.ts'
import { STORE_MESSAGES } from '../../store-messages.ts'
import styles from './unlock.module.css'

/** Where this device has a passkey: a button for it, and what came of it. The passphrase is asked for below, whatever comes of it. */
export function PasskeyUnlock() {
  const session = useSession()
  const host = useHost()
  const [doors] = createResource(async () => ((await host.passkeys.isPossible()) ? session.passkeyDoors() : []))
  const [words, setWords] = createSignal<string>()
  const [isWorking, setIsWorking] = createSignal(false)
  const open = async (known: readonly PasskeyDoor[]): Promise<string | undefined> => {
    const answer = await host.passkeys.ask(known)
    if (!answer.ok) return t(answer.failure === 'cancelled' ? 'passkey.notUsed' : 'passkey.notHere')
    const opened = await session.unlockWithPasskey(answer.value)
    answer.value.output.fill(0)
    if (opened.ok) return undefined
    const { failure } = opened
    if (failure.kind === 'wrong-passkey') return t('passkey.wrong')
    return failure.kind === 'not-stored' ? t(STORE_MESSAGES[failure.why]) : t(`unlock.${failure.kind}`)
  }
  const press = async () => {
    const known = doors.latest
    if (known === undefined || isWorking()) return
    setIsWorking(true)
    setWords()
    setWords(await open(known))
    setIsWorking(false)
  }
  return (
    <Show when={(doors.latest ?? []).length > 0}>
      <div class={styles.passkey}>
        <Button icon={<Fingerprint size="1.25rem" />} busy={isWorking()} onClick={() => void press()}>
          {t('passkey.unlock')}
        </Button>
        <Show when={words()}>
          <Notice tone="warning" alert>
            {words()}
          </Notice>
        </Show>
      </div>
    </Show>
  )
}
