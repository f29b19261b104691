import CircleCheck from 'lucide-solid/icons/circle-check'
import { createEffect, createMemo, createSignal, For, Show } from 'solid-js'
import type { SeenTwice } from '#app/core/twice-session.ts'
import { t } from '../../language/language.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Page } from '../../parts/page.tsx'
import { showToast } from '../../parts/toast.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { undoLastAct } from '../../record/undo.ts'
import { saveFailureWords } from '../../record/words.ts'
import { useRecordPath, useSession } from '../../session.ts'
import { PairCard } from './pair-card.tsx'
import styles from './twice.module.css'

/** So many stand on the page at once; the next come as they are answered. */
const SHOWN = 10

const nameOf = ({ one, other }: SeenTwice) => `${one.id} ${other.id}`

/** What may be in the record twice, a pair at a time. */
export function TwicePage() {
  const to = useRecordPath()
  const session = useSession()
  const [turn, setTurn] = createSignal(0)
  const [later, setLater] = createSignal<ReadonlySet<string>>(new Set())
  const pairs = createAnswer(turn, () => session.seenTwice())
  const open = createMemo(() => pairs()?.filter(pair => !later().has(nameOf(pair))))
  let list: HTMLDivElement | undefined
  let leaveTo: number | undefined
  // The card that was answered goes: the one that comes into its place takes the focus, or else the title.
  createEffect(() => {
    open()
    const place = leaveTo
    leaveTo = undefined
    if (place === undefined) return
    queueMicrotask(() => {
      const heads = list?.isConnected === true ? [...list.querySelectorAll<HTMLElement>('h2')] : []
      const next = heads[place] ?? heads.at(-1) ?? document.querySelector<HTMLElement>('h1[tabindex="-1"]')
      if (next !== undefined && next !== null) {
        next.tabIndex = -1
        next.focus()
      }
    })
  })
  const answer = async ({ one, other }: SeenTwice, said: 'same' | 'different', place: number) => {
    const saved = await session.sayIfSame(one.id, other.id, said)
    if (!saved.ok) return showToast({ message: saveFailureWords(saved.failure) })
    leaveTo = place
    setTurn(turn() + 1)
    const undo = async () => {
      await undoLastAct(session)
      setTurn(turn() + 1)
    }
    showToast({
      message: t(said === 'same' ? 'twice.saidSame' : 'twice.saidDifferent'),
      action: { label: t('act.undo'), run: () => void undo() },
    })
  }
  const putOff = (pair: SeenTwice, place: number) => {
    leaveTo = place
    setLater(new Set([...later(), nameOf(pair)]))
  }
  return (
    <Page
      title={t('twice.title')}
      lead={t('twice.lead')}
      back={{ href: to('/timeline'), label: t('nav.timeline') }}
      narrow
    >
      <Show when={open()} fallback={<output>{t('app.loading')}</output>}>
        {left => (
          <Show when={left().length > 0} fallback={<Nothing later={later().size} />}>
            <p role="status" class={styles.soft}>
              {t('twice.left', { count: left().length })}
            </p>
            <div ref={list} class={styles.pairs}>
              <For each={left().slice(0, SHOWN)}>
                {(pair, place) => (
                  <PairCard
                    pair={pair}
                    onAnswer={said => answer(pair, said, place())}
                    onLater={() => putOff(pair, place())}
                  />
                )}
              </For>
            </div>
          </Show>
        )}
      </Show>
    </Page>
  )
}

function Nothing(props: { readonly later: number }) {
  const title = () => (props.later > 0 ? t('twice.later.left', { count: props.later }) : t('twice.none'))
  return <EmptyState icon={<CircleCheck size="2.25rem" />} title={title()} />
}
