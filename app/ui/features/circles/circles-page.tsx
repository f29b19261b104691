import MessagesSquare from 'lucide-solid/icons/messages-square'
import { For, Show } from 'solid-js'
import type { CircleDetail } from '#app/core/circle-session.ts'
import type { KeptRecord } from '#app/core/kept-session.ts'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Card, CardLink } from '../../parts/card.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { circleLines, createCircles } from '../../record/create-circles.ts'
import { createWatch, useSession, useVault } from '../../session.ts'
import { keptSession } from '../../shell/kept-session.ts'
import { NewCount } from '../../shell/new-count.tsx'
import { Asked } from './asked.tsx'
import styles from './circles.module.css'

/** Every circle in which this person takes part. */
export function CirclesPage() {
  const session = useSession()
  const vault = useVault()
  const circles = createWatch<readonly KeptRecord[]>(listener => session.watchCircles(listener))
  const news = createCircles()
  const newIn = ({ keptId }: KeptRecord) => circleLines(news().filter(one => one.keptId === keptId)).length
  const isSample = () => {
    const state = vault()
    return state.kind === 'open' && state.isSample
  }
  return (
    <Page title={t('circles.title')} lead={t('circles.lead')} narrow>
      <Show when={!isSample()} fallback={<Notice>{t('people.notHere')}</Notice>}>
        <div class={styles.acts}>
          <LinkButton tone="primary" href="/circles/new">
            {t('circles.start')}
          </LinkButton>
          <LinkButton href="/circles/join">{t('circles.join')}</LinkButton>
        </div>
        <Show when={circles()}>
          {known => (
            <Show
              when={known().length > 0}
              fallback={
                <EmptyState icon={<MessagesSquare size="2.25rem" />} title={t('circles.none.title')}>
                  <p>{t('circles.none.text')}</p>
                </EmptyState>
              }
            >
              <ul class={styles.list}>
                <For each={known()}>
                  {one => (
                    <li>
                      <CircleRow account={one} newCount={newIn(one)} />
                    </li>
                  )}
                </For>
              </ul>
            </Show>
          )}
        </Show>
      </Show>
    </Page>
  )
}

function CircleRow(props: { readonly account: KeptRecord; readonly newCount: number }) {
  const session = useSession()
  const room = keptSession(session, props.account.keptId)
  const told = createWatch<{ readonly circle: CircleDetail | undefined }>(listener =>
    room.watchCircle(circle => listener({ circle })),
  )
  const giveUp = () => void session.leaveKept(props.account.keptId)
  return (
    <Show
      when={told()?.circle}
      fallback={
        <Show
          when={props.account.state === 'open'}
          fallback={
            <Card title={t('circles.fetching')}>
              <p>{t('circles.asYou', { name: props.account.name })}</p>
            </Card>
          }
        >
          <Asked room={room}>
            {title => (
              <Card title={title}>
                <p>{t('circles.asYou', { name: props.account.name })}</p>
                <p>{t('circles.asked.text')}</p>
                <div>
                  <Button onClick={giveUp}>{t('circles.giveUp')}</Button>
                </div>
              </Card>
            )}
          </Asked>
        </Show>
      }
    >
      {circle => (
        <CardLink href={`/circles/${props.account.keptId}`}>
          <span class={styles.grow}>
            <strong>
              <bdi>{circle().name}</bdi>
            </strong>
            <span class={styles.soft}>{t('circles.asYou', { name: circle().you.name })}</span>
          </span>
          <NewCount count={props.newCount} />
        </CardLink>
      )}
    </Show>
  )
}
