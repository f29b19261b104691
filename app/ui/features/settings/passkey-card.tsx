import Fingerprint from 'lucide-solid/icons/fingerprint-pattern'
import Trash from 'lucide-solid/icons/trash'
import { createResource, createSignal, For, Show } from 'solid-js'
import type { PasskeyInfo } from '#app/core/passkey-session.ts'
import { fromBase64Url } from '#schema/base64url.ts'
import { formatDay } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { ConfirmDialog } from '../../parts/dialog.tsx'
import { showToast } from '../../parts/toast.tsx'
import { saveFailureWords } from '../../record/words.ts'
import { isolated } from '../../language/isolated.ts'
import { useHost, useSession } from '../../session.ts'
import { PasskeyDialog } from './passkey-dialog.tsx'
import styles from './settings.module.css'

/** The passkeys that open this device beside the passphrase. */
export function PasskeyCard() {
  const session = useSession()
  const host = useHost()
  const [isPossible] = createResource(() => host.passkeys.isPossible())
  const [passkeys, { refetch }] = createResource(() => session.passkeys())
  const [isAdding, setIsAdding] = createSignal(false)
  const [removing, setRemoving] = createSignal<PasskeyInfo>()
  return (
    <Card title={t('passkey.title')} icon={<Fingerprint />}>
      <p>{t('passkey.text')}</p>
      <Show when={(passkeys.latest ?? []).length > 0}>
        <ul class={styles.passkeys}>
          <For each={passkeys.latest}>
            {passkey => (
              <li class={styles.passkey}>
                <span>
                  <bdi class={styles.passkeyName}>{nameOf(passkey)}</bdi>
                  <span class={styles.small}>{t('passkey.added', { date: formatDay(passkey.addedAt) })}</span>
                </span>
                <Button
                  tone="plain"
                  icon={<Trash size="1.25rem" />}
                  aria-label={t('passkey.removeOf', { name: isolated(nameOf(passkey)) })}
                  onClick={() => setRemoving(passkey)}
                >
                  {t('act.remove')}
                </Button>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={isPossible() === false}>
        <p>{t('passkey.impossible')}</p>
      </Show>
      <Show when={isPossible()}>
        <div>
          <Button onClick={() => setIsAdding(true)}>{t('passkey.add')}</Button>
        </div>
      </Show>
      <PasskeyDialog open={isAdding()} onClose={() => setIsAdding(false)} onAdded={() => void refetch()} />
      <RemovePasskey passkey={removing()} onClose={() => setRemoving()} onRemoved={() => void refetch()} />
    </Card>
  )
}

const nameOf = (passkey: PasskeyInfo) => passkey.name || t('passkey.unnamed')

function RemovePasskey(props: {
  /** The dialog is open while there is one. */
  readonly passkey: PasskeyInfo | undefined
  readonly onClose: () => void
  readonly onRemoved: () => void
}) {
  const session = useSession()
  const host = useHost()
  const name = () => isolated(props.passkey === undefined ? '' : nameOf(props.passkey))
  const remove = async () => {
    const { passkey } = props
    if (passkey === undefined) return
    const shown = name()
    const removed = await session.removePasskey(passkey.id)
    props.onClose()
    props.onRemoved()
    if (!removed.ok) return showToast({ message: saveFailureWords(removed.failure) })
    showToast({ message: t('passkey.removed', { name: shown }) })
    const credentialId = fromBase64Url(passkey.id)
    if (credentialId !== undefined) await host.passkeys.forget(credentialId)
  }
  return (
    <ConfirmDialog
      open={props.passkey !== undefined}
      onClose={props.onClose}
      title={t('passkey.remove.title', { name: name() })}
      act={t('act.remove')}
      danger
      onConfirm={() => void remove()}
    >
      <p>{t('passkey.remove.text')}</p>
    </ConfirmDialog>
  )
}
