import { A } from '@solidjs/router'
import Activity from 'lucide-solid/icons/activity'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import ClipboardCheck from 'lucide-solid/icons/clipboard-check'
import FlaskConical from 'lucide-solid/icons/flask-conical'
import ListTree from 'lucide-solid/icons/list-tree'
import type { LucideIcon } from 'lucide-solid'
import Pill from 'lucide-solid/icons/pill'
import { For, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import type { Home } from '#app/core/session.ts'
import { SECTIONS, type Section } from '#schema/record/sections.ts'
import { type PlainKey, t } from '../../language/language.ts'
import { Card } from '../../parts/card.tsx'
import { Page } from '../../parts/page.tsx'
import { createWatch, useRecordPath, useRecordRights, useSession } from '../../session.ts'
import styles from './record.module.css'

const WAYS: readonly { readonly href: string; readonly label: PlainKey; readonly icon: LucideIcon }[] = [
  { href: '/timeline', label: 'record.timeline', icon: ListTree },
  { href: '/results', label: 'results.title', icon: FlaskConical },
  { href: '/medicines', label: 'meds.title', icon: Pill },
  { href: '/track', label: 'track.title', icon: Activity },
  { href: '/plan', label: 'care.title', icon: ClipboardCheck },
]

/** All of a record by section, and the ways through it: what a phone's bar has no room for. */
export function RecordPage() {
  const to = useRecordPath()
  const session = useSession()
  const { hasSection } = useRecordRights()
  const home = createWatch<Home>(listener => session.watchHome(listener))
  const countOf = (section: Section) => home()?.counts.find(each => each.section === section)?.count ?? 0
  const here = () => SECTIONS.filter(hasSection)
  return (
    <Page title={t('nav.record')} lead={t('record.lead')}>
      <nav aria-label={t('record.ways')}>
        <ul class={styles.ways}>
          <For each={WAYS}>
            {way => (
              <li>
                <A href={to(way.href)} class={styles.way}>
                  <Dynamic component={way.icon} />
                  <span>{t(way.label)}</span>
                </A>
              </li>
            )}
          </For>
        </ul>
      </nav>
      <Show when={home()} fallback={<output>{t('app.loading')}</output>}>
        <SectionLinks title={t('record.sections')} sections={here().filter(countOf)} countOf={countOf} />
        <SectionLinks
          title={t('record.empty')}
          sections={here().filter(section => countOf(section) === 0)}
          countOf={countOf}
        />
      </Show>
    </Page>
  )
}

function SectionLinks(props: {
  readonly title: string
  readonly sections: readonly Section[]
  readonly countOf: (section: Section) => number
}) {
  const to = useRecordPath()
  return (
    <Show when={props.sections.length > 0}>
      <Card title={props.title}>
        <ul class={styles.sections}>
          <For each={props.sections}>
            {section => (
              <li>
                <A href={to(`/record/${section}`)} class={styles.section}>
                  <span class={styles.name}>{t(`section.${section}`)}</span>
                  <Show when={props.countOf(section) > 0}>
                    <span class={styles.count}>{t('count', { count: props.countOf(section) })}</span>
                  </Show>
                  <ChevronRight class={styles.chevron} />
                </A>
              </li>
            )}
          </For>
        </ul>
      </Card>
    </Show>
  )
}
