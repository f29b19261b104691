import { createResource, createSignal, Show } from 'solid-js'
import type { KeptRecord } from '#app/core/kept-session.ts'
import type { DeleteFailure } from '#app/core/session.ts'
import { formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { ConfirmDialog } from '../../parts/dialog.tsx'
import { Notice } from '../../parts/notice.tsx'
import { PassphraseField } from '../../parts/passphrase-field.tsx'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { createWatch, useHost, useSession, useStatus } from '../../session.ts'
import { forgetDisplay } from '../../shell/display.ts'
import { STORE_MESSAGES } from '../../store-messages.ts'

type Reach = 'here' | 'everywhere'

/** Deletes the record from this device, or everywhere, once the word for it was typed: a slip of the finger must not do it. */
export function DeleteDialog(props: { readonly open: boolean; readonly onClose: () => void }) {
  const session = useSession()
  const host = useHost()
  const status = useStatus()
  const [typed, setTyped] = createSignal('')
  const [reach, setReach] = createSignal<Reach>('here')
  const [passphrase, setPassphrase] = createSignal('')
  const [failure, setFailure] = createSignal<DeleteFailure>()
  const [isWorking, setIsWorking] = createSignal(false)
  const isConfirmed = () => typed().trim().toLocaleLowerCase() === t('settings.delete.word').toLocaleLowerCase()
  const isOutOfReach = () => ['offline', 'unreachable'].includes(status().link.kind)
  const [devices] = createResource(
    () => props.open,
    isOpen => (isOpen ? session.devices() : []),
  )
  const others = () => (devices.latest ?? []).flatMap(device => (device.isThisOne ? [] : device.name))
  const isEverywhere = () => reach() === 'everywhere'
  const circles = createWatch<readonly KeptRecord[]>(listener => session.watchCircles(listener))
  const leavesCircles = () => (circles() ?? []).length > 0 && (isEverywhere() || others().length === 0)
  const erase = async () => {
    if (!isConfirmed() || isWorking()) return
    setIsWorking(true)
    setFailure()
    const erased = await (isEverywhere() ? session.deleteEverywhere(passphrase()) : session.deleteEverything())
    setIsWorking(false)
    setPassphrase('')
    if (!erased.ok) return setFailure(erased.failure)
    forgetDisplay()
    await (await host.pushes()).end()
  }
  return (
    <ConfirmDialog
      open={props.open}
      onClose={props.onClose}
      title={t('settings.delete')}
      act={t(isEverywhere() ? 'settings.delete.everywhere.act' : 'settings.delete.act')}
      danger
      disabled={!isConfirmed()}
      busy={isWorking()}
      onConfirm={() => void erase()}
    >
      <p>{t('settings.delete.text')}</p>
      <Show when={status().waitingCount > 0}>
        <Notice tone="warning">{t('settings.delete.waiting', { count: status().waitingCount })}</Notice>
      </Show>
      <Show when={others().length > 0}>
        <RadioGroup<Reach>
          label={t('settings.delete.where')}
          value={reach()}
          options={[
            { value: 'here', label: t('settings.delete.here'), about: t('settings.delete.here.about') },
            {
              value: 'everywhere',
              label: t('settings.delete.everywhere'),
              about: t('settings.delete.everywhere.about', { devices: formatList(others()) }),
            },
          ]}
          onChange={setReach}
        />
      </Show>
      <Show when={leavesCircles()}>
        <p>{t('circle.leave.everywhere')}</p>
      </Show>
      <Show when={isOutOfReach() && !isEverywhere()}>
        <Notice tone="warning">{t('settings.delete.offline')}</Notice>
      </Show>
      <TextField
        label={t('settings.delete.type', { word: t('settings.delete.word') })}
        value={typed()}
        onInput={setTyped}
        spellcheck={false}
      />
      <Show when={isEverywhere()}>
        <PassphraseField
          label={t('fresh.field')}
          value={passphrase()}
          onInput={setPassphrase}
          error={failure()?.kind === 'wrong-passphrase' ? t('fresh.wrong') : undefined}
        />
      </Show>
      <Show when={failureWords(failure())}>
        {words => (
          <Notice tone="danger" alert>
            {words()}
          </Notice>
        )}
      </Show>
    </ConfirmDialog>
  )
}

/** What the box of the passphrase does not say itself. */
function failureWords(failure: DeleteFailure | undefined): string | undefined {
  switch (failure?.kind) {
    case 'not-stored':
      return t(STORE_MESSAGES[failure.why])
    case 'unreachable':
      return t('settings.delete.unreachable')
    case 'locked':
      return t('save.locked')
    case 'wrong-passphrase':
    case undefined:
      return undefined
  }
}
