import Inbox from 'lucide-solid/icons/inbox'
import { createSignal, For, Show } from 'solid-js'
import type { LateEntry, LateWriting } from '#app/core/late-session.ts'
import type { SaveFailure } from '#app/core/session.ts'
import { formatTime } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { ConfirmDialog } from '../../parts/dialog.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Page } from '../../parts/page.tsx'
import { showToast } from '../../parts/toast.tsx'
import { EntryList, EntryRow } from '../../record/entry-row.tsx'
import { isolated } from '../../language/isolated.ts'
import { saveFailureWords, titleOf, valueOfEntry } from '../../record/words.ts'
import { createWatch, useRecordPath, useSession, useSettings } from '../../session.ts'
import styles from './late.module.css'

/** What somebody wrote before they heard that their place had ended: to be taken in, or left out. */
export function LatePage() {
  const session = useSession()
  const to = useRecordPath()
  const late = createWatch<readonly LateWriting[]>(listener => session.watchLate(listener))
  return (
    <Page title={t('late.title')} lead={t('late.lead')} back={{ href: to('/people'), label: t('nav.people') }} narrow>
      <Show when={late()} fallback={<output>{t('app.loading')}</output>}>
        {writings => (
          <For each={writings()} fallback={<EmptyState icon={<Inbox size="2.25rem" />} title={t('late.none')} />}>
            {writing => <Writing writing={writing} />}
          </For>
        )}
      </Show>
    </Page>
  )
}

function whoWords({ by, entries }: LateWriting): string {
  const count = entries.length
  if (by.type === 'you') return t('late.byDevice', { count, device: isolated(by.device ?? '') })
  return by.name === '' ? t('late.bySomebody', { count }) : t('late.by', { count, name: isolated(by.name) })
}

function Writing(props: { readonly writing: LateWriting }) {
  const session = useSession()
  const [asked, setAsked] = createSignal<'take' | 'leave'>()
  const [isSaving, setSaving] = createSignal(false)
  const [failure, setFailure] = createSignal<SaveFailure>()
  const decide = async (decision: 'take' | 'leave') => {
    setSaving(true)
    const answer = await session.decideLate(props.writing.lateId, decision)
    setSaving(false)
    setAsked()
    if (answer.ok) showToast({ message: t(decision === 'take' ? 'late.taken' : 'late.left') })
    else setFailure(answer.failure)
  }
  return (
    <Card title={whoWords(props.writing)}>
      <p class={styles.when}>{t('late.when', { when: formatTime(props.writing.writtenAt) })}</p>
      <EntryList label={whoWords(props.writing)}>
        <For each={props.writing.entries}>{entry => <Item entry={entry} />}</For>
      </EntryList>
      <Show when={failure()}>{failed => <p role="alert">{saveFailureWords(failed())}</p>}</Show>
      <div class={styles.acts}>
        <Button tone="primary" busy={isSaving()} onClick={() => setAsked('take')}>
          {t('late.take')}
        </Button>
        <Button busy={isSaving()} onClick={() => setAsked('leave')}>
          {t('late.leave')}
        </Button>
      </div>
      <ConfirmDialog
        open={asked() === 'take'}
        onClose={() => setAsked()}
        title={t('late.take.title')}
        act={t('late.take')}
        busy={isSaving()}
        onConfirm={() => void decide('take')}
      >
        <p>{t('late.take.text')}</p>
      </ConfirmDialog>
      <ConfirmDialog
        open={asked() === 'leave'}
        onClose={() => setAsked()}
        title={t('late.leave.title')}
        act={t('late.leave')}
        danger
        busy={isSaving()}
        onConfirm={() => void decide('leave')}
      >
        <p>{t('late.leave.text')}</p>
      </ConfirmDialog>
    </Card>
  )
}

function Item(props: { readonly entry: LateEntry }) {
  const settings = useSettings()
  return (
    <li>
      <p class={styles.act}>{t(`late.${props.entry.act}`)}</p>
      <EntryRow entry={props.entry.summary} still brief />
      <Show when={props.entry.before}>
        {before => (
          <p class={styles.before} dir="auto">
            {t('late.now', { title: [titleOf(before()), valueOfEntry(before(), settings())].join(' ').trim() })}
          </p>
        )}
      </Show>
    </li>
  )
}
