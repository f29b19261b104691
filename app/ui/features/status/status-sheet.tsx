import { useNavigate } from '@solidjs/router'
import Cloud from 'lucide-solid/icons/cloud'
import Smartphone from 'lucide-solid/icons/smartphone'
import Wifi from 'lucide-solid/icons/wifi'
import { createSignal, For, type JSX, Show } from 'solid-js'
import type { OwnRelay } from '#app/core/relay-session.ts'
import type { SyncProblem, SyncStatus } from '#app/core/session.ts'
import { t } from '../../language/language.ts'
import { Dialog } from '../../parts/dialog.tsx'
import { Button } from '../../parts/button.tsx'
import { createWatch, useOwnSession, useRecordPath } from '../../session.ts'
import { Notice } from '../../parts/notice.tsx'
import { StorageWarning } from '../../record/storage-warning.tsx'
import styles from './status.module.css'
import { TryNow } from './try-now.tsx'
import { problemWords, since } from './status-words.ts'

interface StatusSheetProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly status: SyncStatus
}

/** What the chip sums up: this device, the backup, the connection, and each problem in plain words. */
export function StatusSheet(props: StatusSheetProps) {
  const session = useOwnSession()
  const relay = createWatch<OwnRelay>(listener => session.watchRelay(listener))
  const to = useRecordPath()
  const navigate = useNavigate()
  const goTo = (path: string) => {
    props.onClose()
    navigate(path)
  }
  const actFor = (problem: SyncProblem) => {
    if (problem.kind === 'late') return <Button onClick={() => goTo(to('/late'))}>{t('late.look')}</Button>
    // This person's own, also where the record on screen is one that they keep.
    if (problem.kind !== 'not-admitted') return undefined
    return <Button onClick={() => goTo('/server')}>{t('server.banner.act')}</Button>
  }
  return (
    <Dialog open={props.open} onClose={props.onClose} title={t('sync.sheet.title')}>
      <Show when={props.status.problems.length > 0}>
        <ul class={styles.problems}>
          <For each={props.status.problems}>
            {problem => <Problem words={problemWords(problem, relay()?.hasToken)} act={actFor(problem)} />}
          </For>
        </ul>
      </Show>
      <StorageWarning />
      <dl class={styles.facts}>
        <Fact icon={<Smartphone />} title={t('sync.sheet.device')}>
          {props.status.kind === 'saving' ? t('sync.sheet.device.saving') : t('sync.sheet.device.saved')}
        </Fact>
        <Fact icon={<Cloud />} title={t('sync.sheet.backup')}>
          {backupWords(props.status)}
        </Fact>
        <Fact icon={<Wifi />} title={t('sync.sheet.link')}>
          <Connection link={props.status.link} />
        </Fact>
      </dl>
      <p class={styles.what}>{t('sync.sheet.what')}</p>
    </Dialog>
  )
}

function Problem(props: {
  readonly words: { readonly title: string; readonly text: string }
  /** What can be done about it. */
  readonly act: JSX.Element | undefined
}) {
  return (
    <li>
      <Notice tone="warning" title={props.words.title} actions={props.act}>
        {props.words.text}
      </Notice>
    </li>
  )
}

function Fact(props: { readonly icon: JSX.Element; readonly title: string; readonly children: JSX.Element }) {
  return (
    <div class={styles.fact}>
      {props.icon}
      <dt>{props.title}</dt>
      <dd>{props.children}</dd>
    </div>
  )
}

function Connection(props: { readonly link: SyncStatus['link'] }) {
  const [said, setSaid] = createSignal('')
  let words: HTMLParagraphElement | undefined
  return (
    <>
      <p ref={words} tabindex="-1">
        {linkWords(props.link)}
      </p>
      <Show when={props.link.kind === 'unreachable'}>
        <TryNow say={setSaid} onGone={() => words?.focus()} />
        <p role="status">{said()}</p>
      </Show>
    </>
  )
}

function backupWords(status: SyncStatus): string {
  if (status.kind === 'backed-up') return t('sync.sheet.backup.done')
  return status.waitingCount > 0
    ? t('sync.sheet.backup.waiting', { count: status.waitingCount })
    : t('sync.sheet.backup.none')
}

function linkWords(link: SyncStatus['link']): string {
  return link.kind === 'unreachable'
    ? t('sync.sheet.link.unreachable', { time: since(link.since) })
    : t(`sync.sheet.link.${link.kind}`)
}
