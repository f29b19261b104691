import { useParams } from '@solidjs/router'
import FileUp from 'lucide-solid/icons/file-up'
import Inbox from 'lucide-solid/icons/inbox'
import ListTree from 'lucide-solid/icons/list-tree'
import Plus from 'lucide-solid/icons/plus'
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { TimelineOverview } from '#app/core/session.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { SECTIONS, type Section } from '#schema/record/sections.ts'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { KeyedFor } from '../../parts/keyed-for.tsx'
import { Page } from '../../parts/page.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { EntryList, EntryRow } from '../../record/entry-row.tsx'
import { readEntry } from '../../record/read-entry.ts'
import {
  createWatch,
  useRecordPath,
  useRecordRights,
  useRecordView,
  useSession,
  useSettings,
  useViews,
} from '../../session.ts'
import { NotFoundPage } from '../../shell/not-found-page.tsx'
import { factsBeside } from './facts-beside.ts'
import { addHrefOf, groupsOf, otherPageOf, queryOf } from './groups.ts'
import styles from './record.module.css'
import { teachOf } from './teach.ts'
import { VaccinesDue } from './vaccines-due.tsx'

const isSection = (text: string | undefined): text is Section => SECTIONS.some(section => section === text)

/** One section of a record: its entries with what matters of each, and what to do where there is none. */
export function SectionPage() {
  const params = useParams()
  const section = () => (isSection(params.section) ? params.section : undefined)
  return (
    <Show when={section()} keyed fallback={<NotFoundPage />}>
      {found => <OneSection section={found} />}
    </Show>
  )
}

/** Read and shown at a time: each of them is opened. */
const STEP = 30

function OneSection(props: { readonly section: Section }) {
  const to = useRecordPath()
  const session = useSession()
  const views = useViews()
  const { hasSection, mayChange } = useRecordRights()
  const [count, setCount] = createSignal(STEP)
  const query = queryOf(props.section, hasSection)
  const overview = createWatch<TimelineOverview>(listener => session.watchTimeline(query, listener))
  const total = () => overview()?.total ?? 0
  const rows = createAnswer(
    () => (overview() === undefined ? undefined : { version: overview()?.version, count: count() }),
    asked => session.timelineRows(query, 0, asked.count),
  )
  const groups = createMemo(() => groupsOf(rows() ?? []))
  const isOfOneKind = createMemo(() => new Set(rows()?.map(({ kind }) => kind)).size === 1)
  const other = otherPageOf(props.section)
  const add = addHrefOf(props.section)
  return (
    <Page
      title={t(`section.${props.section}`)}
      back={{ href: to('/record'), label: t('nav.record') }}
      actions={
        <div class={styles.acts}>
          <Show when={mayChange() && add !== undefined}>
            <LinkButton tone="primary" href={to(add ?? '')} icon={<Plus />}>
              {t('nav.add')}
            </LinkButton>
          </Show>
          <Show when={other}>{page => <LinkButton href={to(page().href)}>{t(page().label)}</LinkButton>}</Show>
        </div>
      }
    >
      <Show when={props.section === 'immunizations' && hasSection('plans')}>
        <VaccinesDue />
      </Show>
      <Show when={rows() !== undefined} fallback={<output>{t('app.loading')}</output>}>
        <Show when={total() > 0} fallback={<Empty section={props.section} />}>
          <KeyedFor each={groups()} keyOf={({ title }) => title}>
            {group => (
              <Card title={t(group().title)}>
                <EntryList label={t(group().title)}>
                  <KeyedFor each={group().entries} keyOf={({ id }) => id}>
                    {entry => <EntryWithFacts entry={entry()} ofOneKind={isOfOneKind()} />}
                  </KeyedFor>
                </EntryList>
              </Card>
            )}
          </KeyedFor>
          <div class={styles.acts}>
            <Show when={total() > count()}>
              <Button onClick={() => setCount(count() + STEP)}>
                {t('section.more', { count: Math.min(STEP, total() - count()) })}
              </Button>
            </Show>
            <LinkButton
              href={views.hrefOf({
                kinds: query.sections === undefined ? query.kinds : undefined,
                sections: query.sections,
              })}
              icon={<ListTree size="1.2rem" />}
            >
              {t('section.timeline')}
            </LinkButton>
          </div>
        </Show>
      </Show>
    </Page>
  )
}

/** Its row, and below it what else it says. */
function EntryWithFacts(props: { readonly entry: EntrySummary; readonly ofOneKind: boolean }) {
  const session = useSession()
  const settings = useSettings()
  const detail = createAnswer(
    () => props.entry,
    entry => readEntry(session, entry.id),
  )
  const facts = () => {
    const entry = detail()
    return entry === undefined ? [] : factsBeside(entry, settings())
  }
  return (
    <li>
      <EntryRow entry={props.entry} date="full" ofOneKind={props.ofOneKind} />
      <Show when={facts().length > 0}>
        <dl class={styles.facts}>
          <For each={facts()}>
            {fact => (
              <div>
                <dt>{fact.label}</dt>
                <dd>
                  <bdi>{fact.value}</bdi>
                </dd>
              </div>
            )}
          </For>
        </dl>
      </Show>
    </li>
  )
}

function Empty(props: { readonly section: Section }) {
  const to = useRecordPath()
  const { mayChange } = useRecordRights()
  const { shared } = useRecordView()
  const add = addHrefOf(props.section)
  return (
    <EmptyState
      icon={<Inbox size="2.25rem" />}
      title={t('section.none')}
      actions={
        <Show when={mayChange()}>
          <Show when={add !== undefined}>
            <LinkButton tone="primary" href={to(add ?? '')} icon={<Plus />}>
              {t('nav.add')}
            </LinkButton>
          </Show>
          <Show when={shared === undefined}>
            <LinkButton href={to('/import')} icon={<FileUp />}>
              {t('add.import')}
            </LinkButton>
          </Show>
        </Show>
      }
    >
      <p>{t(teachOf(props.section))}</p>
    </EmptyState>
  )
}
