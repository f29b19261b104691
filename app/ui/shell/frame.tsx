import { A, useLocation } from '@solidjs/router'
import ChevronLeft from 'lucide-solid/icons/chevron-left'
import Lock from 'lucide-solid/icons/lock'
import { createSignal, For, type JSX, lazy, onCleanup, onMount, Show, Suspense } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { StatusChip } from '../features/status/status-chip.tsx'
import { formatDay } from '../language/format.ts'
import { language, t } from '../language/language.ts'
import { IconButton } from '../parts/button.tsx'
import { Mark } from '../parts/mark.tsx'
import { formatWhen } from '../record/format-when.ts'
import { useSession, useVault } from '../session.ts'
import { RecordBanners } from './banners.tsx'
import { RecordSwitcher } from './record-switcher.tsx'
import { UpdateBanner } from './update-banner.tsx'
import { createActivityTouch } from './create-activity-touch.ts'
import { createVisits } from './create-visits.ts'
import { NewCount } from './new-count.tsx'
import { createIsSimple, createPlaces, MORE, type Place } from './places.ts'
import styles from './shell.module.css'

const RemindOfMedicines = lazy(async () => ({
  default: (await import('../record/medicines/reminders.ts')).RemindOfMedicines,
}))

const FollowNews = lazy(async () => ({ default: (await import('../features/news/follow-news.tsx')).FollowNews }))

const RenewLockedCard = lazy(async () => ({
  default: (await import('../features/card/renew-locked-card.tsx')).RenewLockedCard,
}))

/** Around the pages of an open record: navigation, status, banners. A bar below on phones, a rail beside on wide screens. */
export function Frame(props: { readonly children: JSX.Element }) {
  const session = useSession()
  createActivityTouch(session)
  createVisits()
  let main: HTMLElement | undefined
  let bar: HTMLElement | undefined
  // What sticks below the bar must know how high it is: a long status needs a line of its own.
  const [barHeight, setBarHeight] = createSignal(0)
  const path = useLocation()
  const isSimple = createIsSimple(() => path.pathname)
  onMount(() => {
    const observer = new ResizeObserver(() => setBarHeight(bar?.offsetHeight ?? 0))
    if (bar !== undefined) observer.observe(bar)
    onCleanup(() => observer.disconnect())
  })
  return (
    <div
      classList={{ [styles.frame ?? '']: true, [styles.simple ?? '']: isSimple() }}
      style={{ '--bar-height': barHeight() > 0 ? `${barHeight()}px` : undefined }}
    >
      <a
        class={styles.skip}
        href="#content"
        onClick={event => {
          event.preventDefault()
          main?.focus()
        }}
      >
        {t('nav.skip')}
      </a>
      <div class={styles.rail}>
        <header class={styles.bar} ref={bar}>
          <Brand />
          <RecordSwitcher />
          <StatusChip />
          <IconButton label={t('nav.lock')} onClick={() => void session.lock()}>
            <Lock />
          </IconButton>
        </header>
        <Show when={!isSimple()}>
          <Navigation />
        </Show>
        <Suspense>
          <RemindOfMedicines />
          <RenewLockedCard />
          <FollowNews />
        </Suspense>
      </div>
      <div class={styles.content}>
        <UpdateBanner />
        <RecordBanners />
        <PrintedFor />
        <Show when={isSimple()}>
          <BackToStart />
        </Show>
        <main id="content" tabindex="-1" ref={main}>
          {props.children}
        </main>
      </div>
    </div>
  )
}

function Brand() {
  return (
    <span class={styles.brand}>
      <Mark />
      <span class={styles.brandWords}>{t('app.name')}</span>
    </span>
  )
}

/** In the place of the navigation: one way back from everywhere. */
function BackToStart() {
  const path = useLocation()
  const home = () => /^\/kept\/[^/]+/.exec(path.pathname)?.[0] ?? '/'
  return (
    <Show when={path.pathname !== home()}>
      <nav class={styles.back} aria-label={t('nav.label')}>
        <A href={home()}>
          <ChevronLeft />
          {t('simple.home')}
        </A>
      </nav>
    </Show>
  )
}

/** On paper only: whose it is, and from when. Pages of a record that somebody shares say so themselves. */
function PrintedFor() {
  const vault = useVault()
  const place = useLocation()
  const words = () => {
    const state = vault()
    if (state.kind !== 'open') return ''
    const birth = formatWhen({ text: state.birthDate }, language(), 'long')
    return t('print.for', { name: state.personName, birth, date: formatDay(new Date()) })
  }
  return (
    <Show when={!/^\/(shared|kept|learn)\//.test(place.pathname)}>
      <p class={styles.printedFor}>{words()}</p>
    </Show>
  )
}

function Navigation() {
  const path = useLocation()
  const { places, isOnBar, countOf, hrefOf } = createPlaces(() => path.pathname)
  return (
    <nav class={styles.nav} aria-label={t('nav.label')}>
      <ul class={styles.places}>
        <For each={places()}>
          {place => (
            <li classList={{ [styles.aside ?? '']: !isOnBar(place) }}>
              <PlaceLink place={place} href={hrefOf(place)} count={countOf(place)} />
            </li>
          )}
        </For>
        <li class={styles.phone}>
          <PlaceLink place={MORE} href={hrefOf(MORE)} count={countOf(MORE)} />
        </li>
      </ul>
    </nav>
  )
}

function PlaceLink(props: { readonly place: Place; readonly href: string; readonly count: number }) {
  return (
    <A href={props.href} end={props.place.href === '/'} class={styles.place} activeClass={styles.current ?? ''}>
      <span class={styles.placeIcon}>
        <Dynamic component={props.place.icon} size="1.5rem" />
      </span>
      <span classList={{ [styles.placeLabel ?? '']: true, [styles.wide ?? '']: props.place.short !== undefined }}>
        {t(props.place.label)}
      </span>
      <Show when={props.place.short}>
        {short => <span classList={{ [styles.placeLabel ?? '']: true, [styles.phone ?? '']: true }}>{t(short())}</span>}
      </Show>
      <span class={styles.placeCount}>
        <NewCount count={props.count} />
      </span>
    </A>
  )
}
