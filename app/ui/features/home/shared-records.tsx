import BookOpen from 'lucide-solid/icons/book-open'
import { For, Show } from 'solid-js'
import type { Shares } from '#app/core/share-session.ts'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { createWatch, useSession } from '../../session.ts'
import styles from './home.module.css'

/** Records of others, one press away from one's own. */
export function SharedRecords() {
  const session = useSession()
  const shares = createWatch<Shares>(listener => session.watchShares(listener))
  const accepted = () => shares()?.received.filter(share => share.state === 'accepted') ?? []
  return (
    <Show when={accepted().length > 0}>
      <Card title={t('received.mine')} icon={<BookOpen />}>
        <ul class={styles.shared}>
          <For each={accepted()}>
            {share => (
              <li>
                <LinkButton href={`/shared/${share.shareId}`}>
                  {t('received.about', { name: share.recordName })}
                </LinkButton>
              </li>
            )}
          </For>
        </ul>
      </Card>
    </Show>
  )
}
