import { A } from '@solidjs/router'
import FileInput from 'lucide-solid/icons/file-input'
import KeyRound from 'lucide-solid/icons/key-round'
import Lock from 'lucide-solid/icons/lock'
import MonitorSmartphone from 'lucide-solid/icons/monitor-smartphone'
import Server from 'lucide-solid/icons/server'
import Trash from 'lucide-solid/icons/trash'
import { createSignal, type JSX, Show } from 'solid-js'
import type { VaultState } from '#app/core/session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { CheckField } from '../../parts/check-field.tsx'
import { Page } from '../../parts/page.tsx'
import { SelectField } from '../../parts/select-field.tsx'
import { type FreshUnlockAnswer, FreshUnlockDialog } from '../../record/fresh-unlock-dialog.tsx'
import { saveFailureWords } from '../../record/words.ts'
import { useSession, useSettings, useVault } from '../../session.ts'
import { BackupCard } from './backup-card.tsx'
import { DeleteDialog } from './delete-dialog.tsx'
import { DisplayCard } from './display-card.tsx'
import { EraseCard } from './erase-card.tsx'
import { PassphraseDialog } from './passphrase-dialog.tsx'
import { PasskeyCard } from './passkey-card.tsx'
import { PushCard } from './push-card.tsx'
import styles from './settings.module.css'
import { StorageCard } from './storage-card.tsx'

export function SettingsPage() {
  const vault = useVault()
  const [isDeleting, setIsDeleting] = createSignal(false)
  return (
    <Page title={t('settings.title')} lead={t('settings.everywhere')} narrow>
      <DisplayCard />
      <SecurityCard />
      <Show when={hasPassphrase(vault())}>
        <PasskeyCard />
        <PushCard />
        <MessagesCard />
      </Show>
      <PatientsCard />
      <nav class={styles.links} aria-label={t('nav.more')}>
        <PageLink href="/devices" icon={<MonitorSmartphone />}>
          {t('devices.title')}
        </PageLink>
        <PageLink href="/server" icon={<Server />}>
          {t('server.title')}
        </PageLink>
        <PageLink href="/bin" icon={<Trash />}>
          {t('nav.bin')}
        </PageLink>
        <PageLink href="/import" icon={<FileInput />}>
          {t('settings.inOut')}
        </PageLink>
        <KitLink />
      </nav>
      <StorageCard />
      <Show when={hasPassphrase(vault())}>
        <BackupCard />
        <EraseCard />
      </Show>
      <Card title={t('settings.delete')}>
        <p>{t('settings.delete.text')}</p>
        <div>
          <Button tone="danger" onClick={() => setIsDeleting(true)}>
            {t('settings.delete')}
          </Button>
        </div>
      </Card>
      <p class={styles.about}>
        {t('settings.about')} {t('settings.purpose')}
      </p>
      <DeleteDialog open={isDeleting()} onClose={() => setIsDeleting(false)} />
    </Page>
  )
}

/** What others hear of what this person does with their messages. */
function MessagesCard() {
  const session = useSession()
  const settings = useSettings()
  return (
    <Card title={t('messages.tellRead.title')}>
      <CheckField
        label={t('messages.tellRead')}
        checked={!settings().hidesRead}
        onChange={isTold => void session.changeSettings({ hidesRead: !isTold })}
      />
      <p>{t('messages.tellRead.text')}</p>
    </Card>
  )
}

/** For who looks after others by their records; off for everybody else. */
function PatientsCard() {
  const session = useSession()
  const settings = useSettings()
  return (
    <Card title={t('settings.patients')}>
      <p>{t('settings.patients.text')}</p>
      <CheckField
        label={t('settings.patients.on')}
        checked={settings().looksAfterPatients}
        onChange={looksAfterPatients => void session.changeSettings({ looksAfterPatients })}
      />
    </Card>
  )
}

/** A sample has none. */
function hasPassphrase(state: VaultState): boolean {
  return state.kind === 'open' && !state.isSample
}

function PageLink(props: { readonly href: string; readonly icon: JSX.Element; readonly children: JSX.Element }) {
  return (
    <A href={props.href} class={styles.link}>
      {props.icon}
      {props.children}
    </A>
  )
}

/** While there is something left to do with the kit, to that; afterwards to the practice with it. */
function KitLink() {
  const vault = useVault()
  const open = () => {
    const state = vault()
    return state.kind === 'open' && !state.isSample ? state : undefined
  }
  return (
    <Show
      when={open()?.kitIsHere}
      fallback={
        <Show when={open()?.kitConfirmed}>
          <PageLink href="/kit/practice" icon={<KeyRound />}>
            {t('practice.link')}
          </PageLink>
        </Show>
      }
    >
      <PageLink href="/kit" icon={<KeyRound />}>
        {t('settings.kit')}
      </PageLink>
    </Show>
  )
}

const AUTO_LOCK_MINUTES = [1, 5, 10, 30, 60, 240] as const

function SecurityCard() {
  const session = useSession()
  const settings = useSettings()
  const vault = useVault()
  const [isChanging, setIsChanging] = createSignal(false)
  const [later, setLater] = createSignal<number>()
  const choose = (autoLockMinutes: number) => {
    if (autoLockMinutes > settings().autoLockMinutes && hasPassphrase(vault())) setLater(autoLockMinutes)
    else void session.changeSettings({ autoLockMinutes })
  }
  const lockLater = async (passphrase: string): Promise<FreshUnlockAnswer> => {
    const autoLockMinutes = later()
    if (autoLockMinutes === undefined) return undefined
    const changed = await session.changeSettings({ autoLockMinutes }, passphrase)
    if (changed.ok) return undefined
    return changed.failure.kind === 'wrong-passphrase'
      ? 'wrong-passphrase'
      : { words: saveFailureWords(changed.failure) }
  }
  const minutes = () => [...new Set([...AUTO_LOCK_MINUTES, settings().autoLockMinutes])].sort((a, b) => a - b)
  return (
    <Card title={t('settings.security')}>
      <SelectField
        label={t('settings.autoLock')}
        hint={t('settings.autoLockHint')}
        value={String(later() ?? settings().autoLockMinutes)}
        options={minutes().map(count => ({ value: String(count), label: t('settings.autoLock.after', { count }) }))}
        onChange={value => choose(Number(value))}
      />
      <FreshUnlockDialog
        open={later() !== undefined}
        onClose={() => setLater()}
        title={t('settings.autoLock')}
        act={t('act.save')}
        onUnlock={lockLater}
      >
        {t('fresh.autoLock.text')}
      </FreshUnlockDialog>
      <div class={styles.actions}>
        <Button icon={<Lock size="1.25rem" />} onClick={() => void session.lock()}>
          {t('nav.lock')}
        </Button>
        <Show when={hasPassphrase(vault())}>
          <Button onClick={() => setIsChanging(true)}>{t('settings.changePass')}</Button>
        </Show>
      </div>
      <PassphraseDialog open={isChanging()} onClose={() => setIsChanging(false)} />
    </Card>
  )
}
