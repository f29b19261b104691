import type { RouteSectionProps } from '@solidjs/router'
import { createMemo, type JSX, Show, useContext } from 'solid-js'
import type { CircleDetail } from '#app/core/circle-session.ts'
import type { KeptRecord } from '#app/core/kept-session.ts'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { createWatch, type RecordView, SessionContext, useSession } from '../../session.ts'
import { keptSession } from '../../shell/kept-session.ts'
import { makeViews } from '../../views.ts'
import { Asked } from './asked.tsx'
import { CircleContext } from './circle-context.ts'
import { createFirstProfile } from './create-first-profile.ts'

/** Around the pages of one circle: what they ask goes to the account with which this person takes part in it. */
export function CircleRoom(props: RouteSectionProps) {
  return (
    <Show when={props.params.keptId} keyed>
      {id => <Known id={id}>{props.children}</Known>}
    </Show>
  )
}

function Known(props: { readonly id: string; readonly children: JSX.Element }) {
  const session = useSession()
  const circles = createWatch<readonly KeptRecord[]>(listener => session.watchCircles(listener))
  const isHere = createMemo(() => circles()?.some(one => one.keptId === props.id))
  return (
    <Show
      when={isHere()}
      fallback={
        <Page title={t('circles.title')} back={{ href: '/circles' }} narrow>
          <Show when={circles()} fallback={<output>{t('app.loading')}</output>}>
            <Notice actions={<LinkButton href="/circles">{t('circles.title')}</LinkButton>}>
              {t('nav.notFound.title')}
            </Notice>
          </Show>
        </Page>
      }
    >
      <Provided id={props.id}>{props.children}</Provided>
    </Show>
  )
}

function Provided(props: { readonly id: string; readonly children: JSX.Element }) {
  const own = useContext(SessionContext)
  if (own === undefined) throw new Error('Cannot show a circle: no SessionProvider stands above it')
  // The id is that of the keyed page, and never exchanged.
  const base = `/circles/${props.id}`
  const view: RecordView = { base }
  const session = keptSession(own.session, props.id)
  return (
    <SessionContext.Provider value={{ ...own, session, view, views: makeViews(base) }}>
      <Watched>{props.children}</Watched>
    </SessionContext.Provider>
  )
}

function Watched(props: { readonly children: JSX.Element }) {
  const session = useSession()
  const told = createWatch<{ readonly circle: CircleDetail | undefined }>(listener =>
    session.watchCircle(circle => listener({ circle })),
  )
  const circle = () => told()?.circle
  createFirstProfile(circle)
  return (
    <Show
      when={circle()}
      fallback={
        <Page title={t('circles.title')} back={{ href: '/circles', label: t('circles.title') }} narrow>
          <Show when={told()} fallback={<output>{t('app.loading')}</output>}>
            <Asked room={session}>{title => <Notice title={title}>{t('circles.asked.text')}</Notice>}</Asked>
          </Show>
        </Page>
      }
    >
      {known => <CircleContext.Provider value={known}>{props.children}</CircleContext.Provider>}
    </Show>
  )
}
