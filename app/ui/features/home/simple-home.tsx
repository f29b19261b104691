import { A } from '@solidjs/router'
import Activity from 'lucide-solid/icons/activity'
import ClipboardCheck from 'lucide-solid/icons/clipboard-check'
import Ellipsis from 'lucide-solid/icons/ellipsis'
import FlaskConical from 'lucide-solid/icons/flask-conical'
import FolderHeart from 'lucide-solid/icons/folder-heart'
import IdCard from 'lucide-solid/icons/id-card'
import type { LucideIcon } from 'lucide-solid'
import Pill from 'lucide-solid/icons/pill'
import Stethoscope from 'lucide-solid/icons/stethoscope'
import { For, lazy, Suspense } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { type PlainKey, t } from '../../language/language.ts'
import { useRecordPath } from '../../session.ts'
import styles from './simple-home.module.css'

const MedicinesToday = lazy(async () => ({ default: (await import('./medicines-today.tsx')).MedicinesToday }))

interface Errand {
  readonly href: string
  readonly label: PlainKey
  readonly icon: LucideIcon
}

/** What people come for, in the order of how often. */
const ERRANDS: readonly Errand[] = [
  { href: '/medicines', label: 'simple.medicines', icon: Pill },
  { href: '/plan', label: 'care.title', icon: ClipboardCheck },
  { href: '/track', label: 'simple.measure', icon: Activity },
  { href: '/results', label: 'simple.results', icon: FlaskConical },
  { href: '/record', label: 'simple.record', icon: FolderHeart },
  { href: '/card', label: 'simple.card', icon: IdCard },
  { href: '/take-out/doctor', label: 'simple.doctor', icon: Stethoscope },
  { href: '/more', label: 'simple.more', icon: Ellipsis },
]

/** The home page of the simple view: what is due now, and one large button for each errand. They lead to the same pages as always. */
export function SimpleHome() {
  const to = useRecordPath()
  return (
    <>
      <Suspense>
        <MedicinesToday />
      </Suspense>
      <nav aria-label={t('simple.label')}>
        <ul class={styles.errands}>
          <For each={ERRANDS}>
            {errand => (
              <li>
                <A href={to(errand.href)} class={styles.errand}>
                  <Dynamic component={errand.icon} size="2rem" />
                  <span>{t(errand.label)}</span>
                </A>
              </li>
            )}
          </For>
        </ul>
      </nav>
    </>
  )
}
