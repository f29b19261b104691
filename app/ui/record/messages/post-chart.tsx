import { useNavigate } from '@solidjs/router'
import MessagesSquare from 'lucide-solid/icons/messages-square'
import { createSignal, Show } from 'solid-js'
import type { GivenChart } from '#app/core/message-session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { KeyedFor } from '../../parts/keyed-for.tsx'
import { showToast } from '../../parts/toast.tsx'
import { useOwnSession } from '../../session.ts'
import { keptSession } from '../../shell/kept-session.ts'
import { createCircles } from '../create-circles.ts'
import { circleDraftPlace, giveChart } from './chart-given.ts'
import styles from './send-chart.module.css'

/** For whoever is in a circle: puts the chart into what they are about to say there, under the name they have in it. */
export function PostChart(props: { readonly given: GivenChart }) {
  const session = useOwnSession()
  const navigate = useNavigate()
  const all = createCircles()
  const circles = () => all().filter(({ isOver }) => !isOver)
  const [isOpen, setIsOpen] = createSignal(false)
  const give = async (keptId: string) => {
    if (await giveChart(keptSession(session, keptId), circleDraftPlace(), props.given)) navigate(`/circles/${keptId}`)
    else showToast({ message: t('message.failed.too-many-charts') })
  }
  return (
    <Show when={circles().length > 0}>
      <Button icon={<MessagesSquare size="1.2rem" />} onClick={() => setIsOpen(true)}>
        {t('circle.chart.post')}
      </Button>
      <Dialog open={isOpen()} onClose={() => setIsOpen(false)} title={t('circle.chart.post')}>
        <p>{t('circle.chart.text')}</p>
        <div class={styles.places}>
          <KeyedFor each={circles()} keyOf={({ keptId }) => keptId}>
            {one => (
              <Button wide onClick={() => void give(one().keptId)}>
                <bdi>{one().name}</bdi> · <bdi>{t('circles.asYou', { name: one().you })}</bdi>
              </Button>
            )}
          </KeyedFor>
        </div>
      </Dialog>
    </Show>
  )
}
