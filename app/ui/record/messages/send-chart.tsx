import { useNavigate } from '@solidjs/router'
import ChartSpline from 'lucide-solid/icons/chart-spline'
import { createSignal, For, Show } from 'solid-js'
import type { GivenChart, ThreadList, ThreadPlace } from '#app/core/message-session.ts'
import { formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { showToast } from '../../parts/toast.tsx'
import { createWatch, useOwnSession, useRecordView, useVault } from '../../session.ts'
import { answerDraftPlace, chartDraftPlace, giveChart } from './chart-given.ts'
import { PostChart } from './post-chart.tsx'
import styles from './send-chart.module.css'

/** As many conversations are offered as fit a screen. */
const SHOWN_THREADS = 6

/**
 * Of one's own record: puts the chart into a new message, into an answer in a conversation that goes on, or into a circle. `given`: undefined where
 * nothing of it may be named to others.
 */
export function SendChart(props: { readonly given: GivenChart | undefined }) {
  const { shared, kept, isPreview } = useRecordView()
  const vault = useVault()
  const [isOpen, setIsOpen] = createSignal(false)
  const isOwn = () => {
    const state = vault()
    return state.kind === 'open' && !state.isSample && shared === undefined && kept === undefined && !isPreview
  }
  return (
    <Show when={isOwn() && props.given}>
      {given => (
        <div class={styles.acts}>
          <Button icon={<ChartSpline size="1.2rem" />} onClick={() => setIsOpen(true)}>
            {t('chart.send')}
          </Button>
          <Dialog open={isOpen()} onClose={() => setIsOpen(false)} title={t('chart.send')}>
            <Places given={given()} />
          </Dialog>
          <PostChart given={given()} />
        </div>
      )}
    </Show>
  )
}

function Places(props: { readonly given: GivenChart }) {
  const session = useOwnSession()
  const navigate = useNavigate()
  const list = createWatch<ThreadList>(listener => session.watchThreads(listener))
  // To a patient goes nothing of one's own.
  const threads = () =>
    (list()?.threads ?? []).filter(row => !row.isOver && row.about !== 'their-care').slice(0, SHOWN_THREADS)
  const give = async (place: string, path: string) => {
    if (await giveChart(session, place, props.given)) navigate(path)
    else showToast({ message: t('message.failed.too-many-charts') })
  }
  const toThread = (place: ThreadPlace) =>
    give(answerDraftPlace(place), `/messages/${place.conversationId}/${place.threadId}`)
  const toNew = () => {
    const id = crypto.randomUUID()
    return give(chartDraftPlace(id), `/messages/new?chart=${id}`)
  }
  return (
    <>
      <p>{t('chart.send.text')}</p>
      <div class={styles.places}>
        <Button tone="primary" wide onClick={() => void toNew()}>
          {t('message.new')}
        </Button>
        <For each={threads()}>
          {row => (
            <Button wide onClick={() => void toThread(row)}>
              <bdi>{[formatList(row.people), row.subject].filter(Boolean).join(': ')}</bdi>
            </Button>
          )}
        </For>
      </div>
    </>
  )
}
