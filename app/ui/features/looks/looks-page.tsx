import { useSearchParams } from '@solidjs/router'
import Eye from 'lucide-solid/icons/eye'
import FileDown from 'lucide-solid/icons/file-down'
import PencilLine from 'lucide-solid/icons/pencil-line'
import Server from 'lucide-solid/icons/server'
import ShieldCheck from 'lucide-solid/icons/shield-check'
import { createMemo, createSignal, For, Match, onMount, Show, Switch } from 'solid-js'
import type { AccessFailure, AccessLine, AccessLog, AccessWho, KeptWhat } from '#app/core/follow-session.ts'
import { formatClock, formatDay, formatList, formatTime } from '../../language/format.ts'
import { type PlainKey, t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { CheckField } from '../../parts/check-field.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { SelectField } from '../../parts/select-field.tsx'
import { createMailCheck } from '../../record/create-mail-check.ts'
import { keptReasonWords } from '../../record/kept-words.ts'
import { createWatch, useRecordPath, useRecordView, useSession } from '../../session.ts'
import { byDay, type Day, nameOf, peopleIn, type PersonDay, shownLines } from './group-lines.ts'
import styles from './looks.module.css'

const FIRST_LINES = 200
const FAILURES = {
  locked: 'looks.failed.locked',
  'not-here': 'looks.failed.not-here',
  unreachable: 'looks.failed.unreachable',
  'relay-refused': 'looks.failed.relay-refused',
} as const satisfies Record<AccessFailure['kind'], PlainKey>

/** Who looked at this person's record: when, at what, and how that is known. */
export function LooksPage() {
  const to = useRecordPath()
  const session = useSession()
  const [search, setSearch] = useSearchParams<{ who?: string }>()
  const isKept = useRecordView().kept !== undefined
  const access = createWatch<AccessLog>(listener => session.watchAccess(listener))
  const { failure, isAsking, ask } = createAsking()
  // What their apps tell comes by letter.
  createMailCheck(session)
  const [hasOwn, setHasOwn] = createSignal(false)
  const [count, setCount] = createSignal(FIRST_LINES)
  const name = () => search.who ?? ''
  const lines = createMemo(() => shownLines(access()?.lines ?? [], { name: name(), hasOwn: hasOwn() }))
  const days = createMemo(() => byDay(lines().slice(0, count())))
  const people = () => peopleIn(access()?.lines ?? []).filter(who => hasOwn() || who.kind !== 'own-device')
  const everybody = () => [
    { value: '', label: t('looks.everybody') },
    ...people().map(who => ({ value: nameOf(who), label: whoWords(who, isKept) })),
  ]
  return (
    <Page title={t('looks.title')} lead={t('looks.lead')} back={{ href: to('/people'), label: t('nav.people') }} narrow>
      <Asked access={access()} failure={failure()} isAsking={isAsking()} onAsk={() => void ask()} />
      <div class={styles.filter}>
        <SelectField
          label={t('looks.who')}
          value={name()}
          options={everybody()}
          onChange={who => setSearch({ who: who === '' ? undefined : who }, { replace: true })}
        />
        <CheckField label={t('looks.own')} checked={hasOwn()} onChange={setHasOwn} />
      </div>
      <Show when={access()} fallback={<output>{t('app.loading')}</output>}>
        <Show when={days().length > 0} fallback={<Nobody />}>
          <For each={days()}>{day => <DaySection day={day} />}</For>
        </Show>
      </Show>
      <Show when={lines().length > count()}>
        <Button onClick={() => setCount(before => before + FIRST_LINES)}>{t('looks.more')}</Button>
      </Show>
      <Card title={t('looks.limits')}>
        <ul class={styles.limits}>
          <li>{t('looks.limits.relay')}</li>
          <li>{t('looks.limits.app')}</li>
          <li>{t('looks.limits.whole')}</li>
          <li>{t('looks.limits.neither')}</li>
          <li>{t('looks.limits.days')}</li>
        </ul>
      </Card>
    </Page>
  )
}

/** Asks the relay when the page opens, and again on request. */
function createAsking() {
  const session = useSession()
  const [failure, setFailure] = createSignal<AccessFailure>()
  const [isAsking, setIsAsking] = createSignal(false)
  const ask = async () => {
    setIsAsking(true)
    const asked = await session.fetchAccess()
    setIsAsking(false)
    setFailure(asked.ok ? undefined : asked.failure)
  }
  onMount(() => void ask())
  return { failure, isAsking, ask }
}

function Asked(props: {
  readonly access: AccessLog | undefined
  readonly failure: AccessFailure | undefined
  readonly isAsking: boolean
  readonly onAsk: () => void
}) {
  const asOf = () =>
    props.access?.fetchedAt === undefined
      ? t('looks.neverAsked')
      : t('looks.asOf', { time: formatTime(props.access.fetchedAt) })
  return (
    <>
      <Show when={props.failure}>{failed => <Notice tone="warning">{t(FAILURES[failed().kind])}</Notice>}</Show>
      <div class={styles.asked}>
        <p role="status">{props.isAsking ? t('looks.asking') : asOf()}</p>
        <Button tone="plain" busy={props.isAsking} onClick={() => props.onAsk()}>
          {t('looks.ask')}
        </Button>
      </div>
    </>
  )
}

function Nobody() {
  return (
    <EmptyState icon={<Eye size="2.25rem" />} title={t('looks.nobody.title')}>
      <p>{t('looks.nobody.text')}</p>
    </EmptyState>
  )
}

function DaySection(props: { readonly day: Day }) {
  return (
    <section class={styles.day}>
      <h2>{formatDay(props.day.at)}</h2>
      <For each={props.day.people}>{person => <Person person={person} />}</For>
    </section>
  )
}

function Person(props: { readonly person: PersonDay }) {
  const isKept = useRecordView().kept !== undefined
  return (
    <article class={styles.person}>
      <h3 classList={{ [styles.strange ?? '']: props.person.who.kind === 'unknown' }}>
        {whoWords(props.person.who, isKept)}
      </h3>
      <Show when={props.person.who.kind === 'unknown'}>
        <p class={styles.soft}>{t('looks.unknown.text')}</p>
      </Show>
      <ul class={styles.lines}>
        <For each={props.person.lines}>{line => <Line line={line} />}</For>
      </ul>
    </article>
  )
}

function Line(props: { readonly line: AccessLine }) {
  const reason = () => {
    const { what } = props.line
    return what.act === 'kept' ? keptReasonWords(what) : undefined
  }
  return (
    <li class={styles.line}>
      <span class={styles.time}>{timeWords(props.line)}</span>
      <span class={styles.what}>
        <Sign line={props.line} />
        <span>
          {whatWords(props.line)}
          <Show when={reason()}>{words => <> {t('looks.kept.reason', { reason: words() })}</>}</Show>
        </span>
      </span>
      <span class={styles.how}>
        <Show when={props.line.what.by === 'app'} fallback={<Server size="1.05em" />}>
          <ShieldCheck size="1.05em" />
        </Show>
        {t(props.line.what.by === 'app' ? 'looks.by.app' : 'looks.by.relay')}
      </span>
    </li>
  )
}

function Sign(props: { readonly line: AccessLine }) {
  return (
    <Switch fallback={<Eye size="1.2em" />}>
      <Match when={props.line.what.act === 'kept'}>
        <FileDown size="1.2em" />
      </Match>
      <Match when={props.line.what.act === 'wrote'}>
        <PencilLine size="1.2em" />
      </Match>
    </Switch>
  )
}

/** In a kept record all of this person's devices act as one. */
function whoWords(who: AccessWho, isKept: boolean): string {
  switch (who.kind) {
    case 'contact':
      return who.isRemoved ? t('looks.who.removedContact', { name: who.name }) : who.name
    case 'own-device':
      if (isKept && who.isThisOne) return t('guardian.you')
      return t(who.isThisOne ? 'looks.who.thisDevice' : 'looks.who.device', { name: who.name })
    case 'removed-device':
      return t('looks.who.removedDevice', { name: who.name })
    case 'guardian':
      return who.isRemoved ? t('looks.who.formerGuardian', { name: who.name }) : who.name
    case 'owner':
      return t('looks.who.owner', { name: who.name })
    case 'unknown':
      return t('looks.who.unknown', { id: who.id.slice(0, 8) })
  }
}

const WHAT = {
  read: 'looks.read',
  wrote: 'looks.wrote',
  managed: 'looks.managed',
  looked: 'looks.looked',
} as const
const KEPT = {
  copy: 'looks.kept',
  file: 'looks.kept.file',
  print: 'looks.kept.print',
} as const satisfies Record<KeptWhat, string>

function whatWords({ what, sections }: AccessLine): string {
  const names = sections.map(section =>
    section === 'keys' || section === 'private' ? t(`looks.${section}`) : t(`section.${section}`),
  )
  const sectionWords = { sections: formatList(names) }
  return t(what.act === 'kept' ? KEPT[what.kept] : WHAT[what.act], sectionWords)
}

function timeWords({ from, to }: AccessLine): string {
  const [first, last] = [formatClock(from), formatClock(to)]
  if (to - from >= 86_400_000) return t('looks.time', { from: formatTime(from), to: formatTime(to) })
  return first === last ? first : t('looks.time', { from: first, to: last })
}
