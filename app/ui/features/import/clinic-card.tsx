import { createSignal, Show } from 'solid-js'
import type { ClinicInfo } from '#app/core/clinic-session.ts'
import { formatDay, formatList, formatTime } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { ConfirmDialog } from '../../parts/dialog.tsx'
import { Named } from '../../parts/named.tsx'
import { Notice } from '../../parts/notice.tsx'
import { showToast } from '../../parts/toast.tsx'
import { useSession } from '../../session.ts'
import { clinicFailureWords } from './clinic-words.ts'
import styles from './import.module.css'

interface ClinicCardProps {
  readonly clinic: ClinicInfo
  readonly onFetch: (what: 'new' | 'everything') => void
  readonly onSignInAgain: () => void
}

/** A clinic that is connected: what it lets be read, when it was last asked, and its end. */
export function ClinicCard(props: ClinicCardProps) {
  const clinic = () => props.clinic
  return (
    <Card title={<bdi>{clinic().name}</bdi>} fields>
      <div class={styles.words}>
        <p>{t('clinic.host', { host: clinic().host })}</p>
        <p class={styles.soft}>
          {clinic().lastFetchedAt === undefined
            ? t('clinic.last.never')
            : t('clinic.last', { time: formatTime(clinic().lastFetchedAt!) })}
        </p>
        <p class={styles.soft}>{t('clinic.since', { date: formatDay(clinic().connectedAt) })}</p>
        <p class={styles.soft}>{t('clinic.asks', { hosts: formatList(clinic().hosts) })}</p>
      </div>
      <details>
        <summary>{t('clinic.scope')}</summary>
        <p class={`${styles.soft} ${styles.words}`} dir="ltr">
          {clinic().scope}
        </p>
      </details>
      <Show when={clinic().mustSignIn}>
        <Notice
          tone="warning"
          actions={
            <Button tone="primary" onClick={() => props.onSignInAgain()}>
              {t('clinic.signInAgain')}
            </Button>
          }
        >
          {t('clinic.signedOut')}
        </Notice>
      </Show>
      <div class={styles.actions}>
        <Show when={!clinic().mustSignIn}>
          <Fetches {...props} />
        </Show>
        <Disconnect clinic={clinic()} />
      </div>
    </Card>
  )
}

function Fetches(props: ClinicCardProps) {
  const { host } = props.clinic
  return (
    <Show
      when={props.clinic.lastFetchedAt !== undefined}
      fallback={
        <Button tone="primary" onClick={() => props.onFetch('new')}>
          {t('clinic.fetch', { host })}
        </Button>
      }
    >
      <Button tone="primary" onClick={() => props.onFetch('new')}>
        {t('clinic.fetchNew', { host })}
      </Button>
      <Button onClick={() => props.onFetch('everything')}>{t('clinic.fetchAll')}</Button>
    </Show>
  )
}

function Disconnect(props: { readonly clinic: ClinicInfo }) {
  const session = useSession()
  const [isAsking, setIsAsking] = createSignal(false)
  const [isWorking, setIsWorking] = createSignal(false)
  const disconnect = async () => {
    setIsWorking(true)
    const done = await session.disconnectClinic(props.clinic.clinicId)
    setIsWorking(false)
    setIsAsking(false)
    showToast({
      message: done.ok ? t(`clinic.disconnected.${done.value.ended}`) : clinicFailureWords(done.failure),
    })
  }
  return (
    <>
      <Button aria-label={`${t('clinic.disconnect')}: ${props.clinic.name}`} onClick={() => setIsAsking(true)}>
        {t('clinic.disconnect')}
      </Button>
      <ConfirmDialog
        open={isAsking()}
        onClose={() => setIsAsking(false)}
        title={<Named words={name => t('clinic.disconnect.title', { name })} name={props.clinic.name} />}
        act={t('clinic.disconnect')}
        busy={isWorking()}
        onConfirm={() => void disconnect()}
      >
        <p>{t('clinic.disconnect.text')}</p>
        <Show when={props.clinic.endHost}>{host => <p>{t('clinic.disconnect.asks', { host: host() })}</p>}</Show>
      </ConfirmDialog>
    </>
  )
}
