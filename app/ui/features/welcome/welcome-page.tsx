import { A } from '@solidjs/router'
import CloudOff from 'lucide-solid/icons/cloud-off'
import FileLock from 'lucide-solid/icons/file-lock'
import FolderHeart from 'lucide-solid/icons/folder-heart'
import KeyRound from 'lucide-solid/icons/key-round'
import LockKeyhole from 'lucide-solid/icons/lock-keyhole'
import MonitorSmartphone from 'lucide-solid/icons/monitor-smartphone'
import { createSignal, type JSX, Show } from 'solid-js'
import type { CreateFailure } from '#app/core/session.ts'
import { guessDeviceName } from '../../device-name.ts'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { useSession } from '../../session.ts'
import { createFailureWords } from './create-failure.ts'
import styles from './welcome.module.css'

/** The first page anyone sees: what this is, and the ways in. */
export function WelcomePage() {
  return (
    <Page title={t('welcome.title')} lead={t('welcome.lead')}>
      <div class={styles.ways}>
        <Begin />
        <Promises />
      </div>
      <Have />
    </Page>
  )
}

function Begin() {
  const session = useSession()
  const [isWorking, setIsWorking] = createSignal(false)
  const [failure, setFailure] = createSignal<CreateFailure>()
  const lookAround = async () => {
    setIsWorking(true)
    setFailure()
    const made = await session.createSample({ deviceName: guessDeviceName(), locale: navigator.language })
    setIsWorking(false)
    if (!made.ok) setFailure(made.failure)
  }
  return (
    <div class={styles.begin}>
      <LinkButton href="/create" tone="primary" wide>
        {t('welcome.create')}
      </LinkButton>
      <Button wide busy={isWorking()} onClick={() => void lookAround()}>
        {t('welcome.sample')}
      </Button>
      <Show when={failure()}>
        {known => (
          <Notice tone="danger" title={t('welcome.sampleFailed')} alert>
            {createFailureWords(known())}
          </Notice>
        )}
      </Show>
    </div>
  )
}

function Promises() {
  return (
    <ul class={styles.promises}>
      <Promised icon={<LockKeyhole />} title={t('welcome.private.title')} text={t('welcome.private.text')} />
      <Promised icon={<CloudOff />} title={t('welcome.offline.title')} text={t('welcome.offline.text')} />
      <Promised icon={<FolderHeart />} title={t('welcome.whole.title')} text={t('welcome.whole.text')} />
    </ul>
  )
}

function Promised(props: { readonly icon: JSX.Element; readonly title: string; readonly text: string }) {
  return (
    <li class={styles.promise}>
      <span class={styles.icon}>{props.icon}</span>
      <div>
        <h2>{props.title}</h2>
        <p>{props.text}</p>
      </div>
    </li>
  )
}

function Have() {
  return (
    <section class={styles.have}>
      <h2>{t('welcome.have')}</h2>
      <ul class={styles.haveWays}>
        <li>
          <A href="/pair" class={styles.way}>
            <MonitorSmartphone />
            {t('welcome.have.device')}
          </A>
        </li>
        <li>
          <A href="/recover" class={styles.way}>
            <KeyRound />
            {t('welcome.have.words')}
          </A>
        </li>
        <li>
          <A href="/restore" class={styles.way}>
            <FileLock />
            {t('welcome.have.backup')}
          </A>
        </li>
      </ul>
    </section>
  )
}
