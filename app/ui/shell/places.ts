import Activity from 'lucide-solid/icons/activity'
import Bell from 'lucide-solid/icons/bell'
import BookOpen from 'lucide-solid/icons/book-open'
import ClipboardCheck from 'lucide-solid/icons/clipboard-check'
import CirclePlus from 'lucide-solid/icons/circle-plus'
import Ellipsis from 'lucide-solid/icons/ellipsis'
import FileInput from 'lucide-solid/icons/file-input'
import FlaskConical from 'lucide-solid/icons/flask-conical'
import FolderHeart from 'lucide-solid/icons/folder-heart'
import HeartPulse from 'lucide-solid/icons/heart-pulse'
import House from 'lucide-solid/icons/house'
import ListTree from 'lucide-solid/icons/list-tree'
import type { LucideIcon } from 'lucide-solid'
import MessagesSquare from 'lucide-solid/icons/messages-square'
import MessageSquareText from 'lucide-solid/icons/message-square-text'
import MonitorSmartphone from 'lucide-solid/icons/monitor-smartphone'
import Pill from 'lucide-solid/icons/pill'
import SettingsIcon from 'lucide-solid/icons/settings'
import Stethoscope from 'lucide-solid/icons/stethoscope'
import Trash from 'lucide-solid/icons/trash'
import Users from 'lucide-solid/icons/users'
import { type Accessor, createMemo } from 'solid-js'
import type { KeptRecords } from '#app/core/kept-session.ts'
import type { Settings } from '#app/core/session.ts'
import type { Shares } from '#app/core/share-session.ts'
import type { PlainKey } from '../language/language.ts'
import { type KeptNews, talkCount } from '../record/create-kept-news.ts'
import { createNews } from '../record/create-news.ts'
import { isKeptHere } from '../record/kept-words.ts'
import { createWatch, useDisplay, useOwnSession, useSettings } from '../session.ts'

export interface Place {
  readonly href: string
  readonly label: PlainKey
  /** What fits below an icon on a phone. */
  readonly short?: PlainKey
  readonly icon: LucideIcon
  /** On the phone's bar too, of five at most: the rest stands on its page "More". */
  readonly onBar: (settings: Settings, isAtPractice: boolean) => boolean
  /** Every record has it: leads to the one that is on screen, also where that is kept for somebody else. */
  readonly isOfRecord?: boolean
  /** A record that somebody shares has it too: for everybody, or for who may add to it. */
  readonly isOfShared?: 'read' | 'write'
  /** What its owner and others write to each other: of a record that this person manages for them it is one's own. */
  readonly isTogether?: true
  /** What is new there: in messages, in circles, shares that are offered to a record that is kept, or at all. */
  readonly counts?: 'messages' | 'circles' | 'offered' | 'all'
  /** Only for who looks after patients. */
  readonly isForPatients?: true
}

/** Of a practice, in which nobody's health stands. */
const OF_PRACTICE: ReadonlySet<string> = new Set(['/patients', '/messages', '/people'])

const always = () => true
const never = () => false
const atPractice: Place['onBar'] = (_settings, isAtPractice) => isAtPractice

/** Every main page lists itself here: in the order of the wide screen's rail, and of "More" on a phone. */
const PLACES: readonly Place[] = [
  { href: '/', label: 'nav.home', icon: House, onBar: always, isOfRecord: true, isOfShared: 'read' },
  { href: '/news', label: 'news.title', icon: Bell, onBar: never, counts: 'all' },
  { href: '/record', label: 'nav.record', icon: FolderHeart, onBar: always, isOfRecord: true, isOfShared: 'read' },
  { href: '/timeline', label: 'nav.timeline', icon: ListTree, onBar: never, isOfRecord: true, isOfShared: 'read' },
  { href: '/results', label: 'nav.results', icon: FlaskConical, onBar: never, isOfRecord: true, isOfShared: 'read' },
  { href: '/medicines', label: 'meds.title', icon: Pill, onBar: never, isOfRecord: true, isOfShared: 'read' },
  { href: '/card', label: 'emergency.title', icon: HeartPulse, onBar: never, isOfRecord: true },
  { href: '/add', label: 'nav.add', icon: CirclePlus, onBar: always, isOfRecord: true, isOfShared: 'write' },
  {
    href: '/track',
    label: 'track.title',
    short: 'nav.track.short',
    icon: Activity,
    onBar: settings => !settings.looksAfterPatients,
    isOfRecord: true,
    isOfShared: 'read',
  },
  {
    href: '/patients',
    label: 'nav.patients',
    icon: Stethoscope,
    onBar: always,
    isOfRecord: true,
    isTogether: true,
    isForPatients: true,
    counts: 'offered',
  },
  {
    href: '/messages',
    label: 'messages.title',
    icon: MessageSquareText,
    onBar: atPractice,
    isOfRecord: true,
    isTogether: true,
    counts: 'messages',
  },
  { href: '/circles', label: 'circles.title', icon: MessagesSquare, onBar: never, counts: 'circles' },
  { href: '/plan', label: 'care.title', icon: ClipboardCheck, onBar: never, isOfRecord: true, isOfShared: 'read' },
  { href: '/learn', label: 'learn.title', icon: BookOpen, onBar: never, isOfRecord: true, isOfShared: 'read' },
  { href: '/import', label: 'nav.import', icon: FileInput, onBar: never, isOfRecord: true },
  {
    href: '/people',
    label: 'nav.people',
    short: 'nav.people.short',
    icon: Users,
    onBar: atPractice,
    isOfRecord: true,
    counts: 'offered',
  },
  { href: '/bin', label: 'nav.bin', icon: Trash, onBar: never, isOfRecord: true },
  { href: '/devices', label: 'nav.devices', icon: MonitorSmartphone, onBar: never },
  { href: '/settings', label: 'nav.settings', icon: SettingsIcon, onBar: never },
]

/** Whom a practice meets are no family. */
const AT_PRACTICE = PLACES.map(({ short, ...place }): Place => {
  if (place.href === '/people') return { ...place, label: 'practice.people' }
  return short === undefined ? place : { ...place, short }
})

/** On a phone's bar alone, the last of it. */
export const MORE: Place = {
  href: '/more',
  label: 'nav.more',
  icon: Ellipsis,
  onBar: always,
  isOfRecord: true,
  isOfShared: 'read',
  counts: 'all',
}

/** The places of this person, and where each leads from `path`. */
export function createPlaces(path: Accessor<string>) {
  const settings = useSettings()
  const news = createNews()
  const baseOf = createPlaceBase(path)
  const isAtPractice = createIsAtPractice(path)
  return {
    places: createMemo(() =>
      isAtPractice()
        ? AT_PRACTICE.filter(place => !place.isOfRecord || OF_PRACTICE.has(place.href))
        : PLACES.filter(place => !place.isForPatients || settings().looksAfterPatients),
    ),
    countOf: (place: Place) => {
      if (place.counts === 'all') return news.count()
      const base = baseOf(place)
      if (place.counts === undefined) return 0
      if (base !== '')
        return countInKept(
          place,
          news.keptNews().find(({ record }) => base === `/kept/${record.keptId}`),
        )
      if (place.counts === 'offered') return 0
      return place.counts === 'circles' ? news.inCircles().length : news.messageCount()
    },
    isOnBar: (place: Place) => place.onBar(settings(), isAtPractice()),
    hrefOf: (place: Place): string => {
      const base = baseOf(place)
      return base !== '' && place.href === '/' ? base : `${base}${place.href}`
    },
  }
}

/** Nothing is known of a record that somebody shares. What is offered to a practice is counted at its patients alone. */
function countInKept({ counts, href }: Place, news: KeptNews | undefined): number {
  if (news === undefined) return 0
  if (counts === 'messages') return talkCount(news)
  const place = news.record.relation === 'practice' ? '/patients' : '/people'
  return counts === 'offered' && href === place ? news.offeredCount : 0
}

/** In the simple view one way back stands in the place of the bar, but not where its home page has errands that lead nowhere. */
export function createIsSimple(path: Accessor<string>): Accessor<boolean> {
  const { display } = useDisplay()
  const isAtPractice = createIsAtPractice(path)
  return () => display().isSimple && !path().startsWith('/shared/') && !isAtPractice()
}

/** Whether a practice is on screen. */
function createIsAtPractice(path: Accessor<string>): Accessor<boolean> {
  const session = useOwnSession()
  const records = createWatch<KeptRecords>(listener => session.watchKept(listener))
  return createMemo(
    () =>
      records()?.records.some(
        one => one.relation === 'practice' && `${path()}/`.startsWith(`/kept/${one.keptId}/`) && isKeptHere(one),
      ) === true,
  )
}

/** The address of the record on screen where that has such a page; what is added must not land in another one unseen. */
function createPlaceBase(path: Accessor<string>) {
  const session = useOwnSession()
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
  const isManaged = () =>
    records()?.records.some(one => one.purpose === 'manager' && kept() === `/kept/${one.keptId}`) === true
  return ({ isOfRecord, isOfShared, isTogether }: Place): string => {
    const share = shared()
    const isThere = isOfShared === 'read' || (isOfShared === 'write' && share?.mayAdd)
    if (share !== undefined && isThere) return share.base
    return (isOfRecord && !(isTogether && isManaged()) && kept()) || ''
  }
}
