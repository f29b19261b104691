import { For, type JSX, Show } from 'solid-js'
import type { EntrySummary } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { KeyedFor } from '../../parts/keyed-for.tsx'
import { VisuallyHidden } from '../../parts/visually-hidden.tsx'
import { useRecordPath, useRecordRights } from '../../session.ts'
import { isolated } from '../../language/isolated.ts'
import { shortSourceOf, titleOf, whenOf } from '../../record/words.ts'
import { EntryList, EntryRow } from '../../record/entry-row.tsx'
import styles from './home.module.css'

/** More rows than this make a card a page of its own. */
const SHOWN = 5

/** The first few of a group, and the way to all of them. */
export function SectionCard(props: {
  readonly title: string
  readonly icon: JSX.Element
  readonly entries: readonly EntrySummary[]
  /** How many the link leads to. */
  readonly count: number
  readonly all: string
  /** What to say where there are none, and what to do about it. */
  readonly none?: string
  readonly add?: { readonly href: string; readonly label: string }
  readonly dated?: boolean
  /** What the link to all of them says, where it leads to no list of entries; and where each of them leads. */
  readonly allWords?: string
  readonly hrefOf?: (entry: EntrySummary) => string
  /** What must be seen at once: no row stands behind a press. */
  readonly whole?: boolean
  /** That there is none, or that it is not known, as somebody told. */
  readonly statements?: readonly EntrySummary[]
  /** Of the same section, but not what the card is about: behind a press, with its count. */
  readonly alsoNoted?: readonly EntrySummary[]
}) {
  const shown = () => (props.whole ? props.entries.length : SHOWN)
  const dates = () => (props.dated ? 'full' : 'none')
  const to = useRecordPath()
  const { mayChange } = useRecordRights()
  return (
    <Card
      title={props.title}
      icon={props.icon}
      action={
        <Show when={props.count > 0}>
          <a class={styles.all} href={props.all}>
            {props.allWords ?? t('home.all', { count: props.count })}
            <VisuallyHidden>: {props.title}</VisuallyHidden>
          </a>
        </Show>
      }
    >
      <For each={props.statements}>{each => <Statement entry={each} />}</For>
      <Show
        when={props.entries.length > 0}
        fallback={
          <>
            <Show when={(props.statements ?? []).length === 0}>
              <p class={styles.none}>{props.none}</p>
            </Show>
            <Show when={mayChange() && props.add}>
              {add => (
                <div>
                  <LinkButton href={to(add().href)}>{add().label}</LinkButton>
                </div>
              )}
            </Show>
          </>
        }
      >
        <Rows label={props.title} entries={props.entries.slice(0, shown())} date={dates()} hrefOf={props.hrefOf} />
        {/* Of the latest there is no rest to count: "See all" above leads to it. */}
        <Show when={!props.dated && props.entries.length > shown()}>
          <a class={styles.all} href={props.all}>
            {t('home.more', { count: props.entries.length - shown() })}
          </a>
        </Show>
      </Show>
      <Show when={(props.alsoNoted ?? []).length > 0}>
        <details class={styles.details}>
          <summary>{t('home.alsoNoted', { count: props.alsoNoted?.length ?? 0 })}</summary>
          <Rows label={t('home.alsoNoted.list')} entries={props.alsoNoted ?? []} date="none" />
        </details>
      </Show>
    </Card>
  )
}

/** Who told that there is none, and when: no entry among those that there are. */
function Statement(props: { readonly entry: EntrySummary }) {
  const to = useRecordPath()
  const words = () => {
    const { source, when } = props.entry
    const told = { title: titleOf(props.entry), source: isolated(shortSourceOf(source)) }
    return when === undefined ? t('absence.told', told) : t('absence.toldOn', { ...told, date: whenOf(props.entry) })
  }
  return (
    <p>
      <a href={to(`/entry/${props.entry.id}`)}>{words()}</a>
    </p>
  )
}

function Rows(props: {
  readonly label: string
  readonly entries: readonly EntrySummary[]
  readonly date: 'full' | 'none'
  readonly hrefOf?: ((entry: EntrySummary) => string) | undefined
}) {
  return (
    <EntryList label={props.label}>
      <KeyedFor each={props.entries} keyOf={({ id }) => id}>
        {entry => (
          <li>
            <EntryRow entry={entry()} date={props.date} brief href={props.hrefOf?.(entry())} />
          </li>
        )}
      </KeyedFor>
    </EntryList>
  )
}
