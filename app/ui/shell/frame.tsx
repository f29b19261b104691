import { A, useLocation } from '@solidjs/router'
import CirclePlus from 'lucide-solid/icons/circle-plus'
import FileInput from 'lucide-solid/icons/file-input'
import Activity from 'lucide-solid/icons/activity'
import FlaskConical from 'lucide-solid/icons/flask-conical'
import House from 'lucide-solid/icons/house'
import ListTree from 'lucide-solid/icons/list-tree'
import Lock from 'lucide-solid/icons/lock'
import type { LucideIcon } from 'lucide-solid'
import MonitorSmartphone from 'lucide-solid/icons/monitor-smartphone'
import SettingsIcon from 'lucide-solid/icons/settings'
import Stethoscope from 'lucide-solid/icons/stethoscope'
import Trash from 'lucide-solid/icons/trash'
import Users from 'lucide-solid/icons/users'
import { createMemo, createSignal, For, type JSX, lazy, onCleanup, onMount, Show, Suspense } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import type { KeptRecords } from '#app/core/kept-session.ts'
import type { Shares } from '#app/core/share-session.ts'
import { StatusChip } from '../features/status/status-chip.tsx'
import { formatDay } from '../language/format.ts'
import { language, type PlainKey, t } from '../language/language.ts'
import { IconButton } from '../parts/button.tsx'
import { Mark } from '../parts/mark.tsx'
import { formatWhen } from '../record/format-when.ts'
import { isKeptHere } from '../record/kept-words.ts'
import { createWatch, useSession, useSettings, useVault } from '../session.ts'
import { RecordBanners } from './banners.tsx'
import { RecordSwitcher } from './record-switcher.tsx'
import { UpdateBanner } from './update-banner.tsx'
import { createActivityTouch } from './create-activity-touch.ts'
import { createVisits } from './create-visits.ts'
import styles from './shell.module.css'

const RemindOfMedicines = lazy(async () => ({
  default: (await import('../record/medicines/reminders.ts')).RemindOfMedicines,
}))

interface Place {
  readonly href: string
  readonly label: PlainKey
  /** What fits below an icon on a phone. */
  readonly short?: PlainKey
  readonly icon: LucideIcon
  /** On the phone's bar too; the rest is reached from the settings. */
  readonly isMain: boolean
  /** Every record has it: leads to the one that is on screen, also where that is kept for somebody else. */
  readonly isOfRecord?: boolean
  /** A record that somebody shares has it too: for everybody, or for who may add to it. */
  readonly isOfShared?: 'read' | 'write'
  /** Only for who looks after patients. */
  readonly isForPatients?: true
}

const PLACES: readonly Place[] = [
  { href: '/', label: 'nav.home', icon: House, isMain: true, isOfRecord: true, isOfShared: 'read' },
  { href: '/timeline', label: 'nav.timeline', icon: ListTree, isMain: true, isOfRecord: true, isOfShared: 'read' },
  { href: '/track', label: 'track.title', icon: Activity, isMain: false, isOfRecord: true, isOfShared: 'read' },
  { href: '/results', label: 'nav.results', icon: FlaskConical, isMain: false, isOfRecord: true, isOfShared: 'read' },
  { href: '/add', label: 'nav.add', icon: CirclePlus, isMain: true, isOfRecord: true, isOfShared: 'write' },
  { href: '/import', label: 'nav.import', icon: FileInput, isMain: false, isOfRecord: true },
  { href: '/people', label: 'nav.people', short: 'nav.people.short', icon: Users, isMain: true, isOfRecord: true },
  { href: '/patients', label: 'nav.patients', icon: Stethoscope, isMain: true, isForPatients: true },
  { href: '/bin', label: 'nav.bin', icon: Trash, isMain: false, isOfRecord: true },
  { href: '/devices', label: 'nav.devices', icon: MonitorSmartphone, isMain: false },
  { href: '/settings', label: 'nav.settings', short: 'nav.settings.short', icon: SettingsIcon, isMain: true },
]

/** Around the pages of an open record: navigation, status, banners. A bar below on phones, a rail beside on wide screens. */
export function Frame(props: { readonly children: JSX.Element }) {
  const session = useSession()
  createActivityTouch(session)
  createVisits()
  let main: HTMLElement | undefined
  let bar: HTMLElement | undefined
  // What sticks below the bar must know how high it is: a long status needs a line of its own.
  const [barHeight, setBarHeight] = createSignal(0)
  onMount(() => {
    const observer = new ResizeObserver(() => setBarHeight(bar?.offsetHeight ?? 0))
    if (bar !== undefined) observer.observe(bar)
    onCleanup(() => observer.disconnect())
  })
  return (
    <div class={styles.frame} style={{ '--bar-height': barHeight() > 0 ? `${barHeight()}px` : undefined }}>
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
        <Navigation />
        <Suspense>
          <RemindOfMedicines />
        </Suspense>
      </div>
      <div class={styles.content}>
        <UpdateBanner />
        <RecordBanners />
        <PrintedFor />
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
    <Show when={!/^\/(shared|kept)\//.test(place.pathname)}>
      <p class={styles.printedFor}>{words()}</p>
    </Show>
  )
}

/** The address of the record on screen where that has such a page; what is added must not land in another one unseen. */
function createPlaceBase(path: () => string): (place: Place) => string {
  const session = useSession()
  const shares = createWatch<Shares>(listener => session.watchShares(listener))
  const records = createWatch<KeptRecords>(listener => session.watchKept(listener))
  const inPath = (pattern: RegExp) => pattern.exec(path())?.[0]
  // Of one that is not here, or not any more, every page says just that, and nobody would get away from it.
  const kept = createMemo(() => {
    const base = inPath(/^\/kept\/[^/]+/)
    const isGone = records()?.records.every(one => base !== `/kept/${one.keptId}` || !isKeptHere(one))
    return isGone === true ? undefined : base
  })
  // The page may hear of the acceptance before this does: meanwhile what is tapped must lead to no other record.
  const shared = createMemo(() => {
    const base = inPath(/^\/shared\/[^/]+/)
    const share = shares()?.received.find(one => base === `/shared/${one.shareId}`)
    const isGone = shares() !== undefined && (share === undefined || share.state === 'ended')
    return base === undefined || isGone ? undefined : { base, mayAdd: share?.role !== 'read' }
  })
  return ({ isOfRecord, isOfShared }) => {
    const share = shared()
    const isThere = isOfShared === 'read' || (isOfShared === 'write' && share?.mayAdd)
    if (share !== undefined && isThere) return share.base
    return (isOfRecord && kept()) || ''
  }
}

function Navigation() {
  const settings = useSettings()
  const place = useLocation()
  const baseOf = createPlaceBase(() => place.pathname)
  const hrefOf = (one: Place) => {
    const base = baseOf(one)
    return base !== '' && one.href === '/' ? base : `${base}${one.href}`
  }
  const places = () => PLACES.filter(place => !place.isForPatients || settings().looksAfterPatients)
  return (
    <nav class={styles.nav} aria-label={t('nav.label')}>
      <ul class={styles.places}>
        <For each={places()}>
          {place => (
            <li classList={{ [styles.aside ?? '']: !place.isMain }}>
              <A href={hrefOf(place)} end={place.href === '/'} class={styles.place} activeClass={styles.current ?? ''}>
                <span class={styles.placeIcon}>
                  <Dynamic component={place.icon} size="1.5rem" />
                </span>
                <span classList={{ [styles.placeLabel ?? '']: true, [styles.wide ?? '']: place.short !== undefined }}>
                  {t(place.label)}
                </span>
                <Show when={place.short}>
                  {short => (
                    <span classList={{ [styles.placeLabel ?? '']: true, [styles.phone ?? '']: true }}>
                      {t(short())}
                    </span>
                  )}
                </Show>
              </A>
            </li>
          )}
        </For>
      </ul>
    </nav>
  )
}
