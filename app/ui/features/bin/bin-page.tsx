import RotateCcw from 'lucide-solid/icons/rotate-ccw'
import Trash from 'lucide-solid/icons/trash'
import { createEffect, createSignal, For, Show } from 'solid-js'
import type { BinnedEntry } from '#app/core/session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Page } from '../../parts/page.tsx'
import { showToast } from '../../parts/toast.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { EntryList, EntryRow } from '../../record/entry-row.tsx'
import { saveFailureWords, titleOf } from '../../record/words.ts'
import { useSession, useRecordPath, useRecordView } from '../../session.ts'
import styles from './bin.module.css'
import { daysLeft } from './days-left.ts'

/** What was deleted and can still come back. */
export function BinPage() {
  const to = useRecordPath()
  const { kept } = useRecordView()
  const session = useSession()
  const [turn, setTurn] = createSignal(0)
  const bin = createAnswer(turn, () => session.bin())
  let list: HTMLDivElement | undefined
  let leaveTo: number | undefined
  const restore = async (entry: BinnedEntry, place: number) => {
    const answer = await session.restoreEntry(entry.summary.id)
    showToast({ message: answer.ok ? t('bin.restored') : saveFailureWords(answer.failure) })
    if (answer.ok) leaveTo = place
    setTurn(turn() + 1)
  }
  // The button that was pressed goes with its row: the one that comes into its place takes the focus, or else the title.
  createEffect(() => {
    bin()
    const place = leaveTo
    leaveTo = undefined
    if (place === undefined) return
    queueMicrotask(() => {
      const left = [...(list?.querySelectorAll<HTMLElement>(`.${styles.foot ?? ''} button`) ?? [])]
      const next = left[place] ?? left.at(-1) ?? document.querySelector<HTMLElement>('h1[tabindex="-1"]')
      next?.focus()
    })
  })
  return (
    <Page
      title={t('nav.bin')}
      lead={t('bin.lead')}
      back={kept === undefined ? { href: '/settings', label: t('nav.settings') } : { href: to('/') }}
      narrow
    >
      <Show when={bin()} fallback={<output>{t('app.loading')}</output>}>
        {entries => (
          <div ref={list}>
            <Show
              when={entries().length > 0}
              fallback={<EmptyState icon={<Trash size="2.25rem" />} title={t('bin.empty')} />}
            >
              <EntryList label={t('nav.bin')}>
                <For each={entries().toSorted((a, b) => b.binnedAt - a.binnedAt)}>
                  {(entry, place) => (
                    <li class={styles.item}>
                      <EntryRow entry={entry.summary} />
                      <div class={styles.foot}>
                        <span class={styles.left}>
                          {t('bin.daysLeft', { count: daysLeft(entry.goneAt, Date.now()) })}
                        </span>
                        <Button
                          icon={<RotateCcw size="1.2rem" />}
                          aria-label={`${t('bin.restore')}: ${titleOf(entry.summary)}`}
                          onClick={() => void restore(entry, place())}
                        >
                          {t('bin.restore')}
                        </Button>
                      </div>
                    </li>
                  )}
                </For>
              </EntryList>
            </Show>
          </div>
        )}
      </Show>
    </Page>
  )
}
