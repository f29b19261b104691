import ClipboardList from 'lucide-solid/icons/clipboard-list'
import Unlink from 'lucide-solid/icons/unlink'
import { createSignal, For, Show } from 'solid-js'
import { t } from '../../language/language.ts'
import { Button, IconButton, LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Dotted } from '../../parts/dotted.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { KeyedFor } from '../../parts/keyed-for.tsx'
import { Page } from '../../parts/page.tsx'
import { SelectField } from '../../parts/select-field.tsx'
import { VisuallyHidden } from '../../parts/visually-hidden.tsx'
import { trackedName, trackPath } from '../../record/measure-words.ts'
import { titleOf, valueOfEntry, whenOf } from '../../record/words.ts'
import { useRecordPath, useRecordRights, useRecordView, useSettings } from '../../session.ts'
import { type CarePlan, createPlan } from './create-plan.ts'
import type { PlanGroup, PlanItem } from './plan-groups.ts'
import { QuestionsCard } from './questions-card.tsx'
import { TasksCard } from './tasks-card.tsx'
import { VisitsCard } from './visits-card.tsx'
import styles from './plan.module.css'

/** What a person lives with, what they do about it, and what is next. */
export function PlanPage() {
  const to = useRecordPath()
  const plan = createPlan()
  const { hasSection } = useRecordRights()
  const { shared } = useRecordView()
  const isEmpty = () => plan.plan()?.groups.length === 0 && plan.plan()?.other.length === 0
  return (
    <Page
      title={t('care.title')}
      lead={t('care.lead')}
      actions={
        <div class={styles.acts}>
          <Show when={hasSection('functioning')}>
            <LinkButton href={to('/questionnaires')}>{t('quest.title')}</LinkButton>
          </Show>
          <LinkButton href={to('/changed')}>{t('since.title')}</LinkButton>
        </div>
      }
    >
      <div class={styles.cards}>
        <Show when={hasSection('plans')}>
          <div class={styles.stack}>
            <TasksCard clinicPlans={plan.clinicPlans()} />
          </div>
        </Show>
        <Show when={hasSection('visits')}>
          <VisitsCard />
        </Show>
        <Show when={shared === undefined}>
          <QuestionsCard />
        </Show>
      </div>
      <h2>{t('care.together')}</h2>
      <Show when={plan.plan()} fallback={<output>{t('app.loading')}</output>}>
        {found => (
          <Show when={!isEmpty()} fallback={<Empty />}>
            <Show when={isAllUnlinked(found().groups)}>
              <p class={styles.soft}>{t('care.nothing')}</p>
            </Show>
            <div class={styles.cards}>
              <KeyedFor each={found().groups} keyOf={({ condition }) => condition.id}>
                {group => <ConditionCard group={group()} plan={plan} />}
              </KeyedFor>
              <Show when={found().other.length > 0}>
                <Other items={found().other} />
              </Show>
            </div>
          </Show>
        )}
      </Show>
    </Page>
  )
}

/** Said once rather than on every card. */
const isAllUnlinked = (groups: readonly PlanGroup[]) =>
  groups.length > 0 && groups.every(({ items }) => items.length === 0)

const keyOf = (item: PlanItem) => (item.type === 'entry' ? item.entry.id : item.measure.measure)

/** As wide as the page: it is the longest of all. */
function Other(props: { readonly items: readonly PlanItem[] }) {
  return (
    <div class={styles.wide}>
      <Card title={t('care.other')}>
        <p class={styles.soft}>{t('care.other.about')}</p>
        <ul class={styles.lines}>
          <KeyedFor each={props.items} keyOf={keyOf}>
            {item => (
              <li>
                <Line item={item()} />
              </li>
            )}
          </KeyedFor>
        </ul>
      </Card>
    </div>
  )
}

function Empty() {
  const to = useRecordPath()
  const { mayChange } = useRecordRights()
  return (
    <EmptyState
      icon={<ClipboardList size="2.25rem" />}
      title={t('care.empty')}
      actions={
        <Show when={mayChange()}>
          <LinkButton tone="primary" href={to('/add/condition')}>
            {t('add.new.condition')}
          </LinkButton>
          <LinkButton href={to('/add/goal')}>{t('add.new.goal')}</LinkButton>
        </Show>
      }
    >
      <p>{t('care.empty.text')}</p>
    </EmptyState>
  )
}

function ConditionCard(props: { readonly group: PlanGroup; readonly plan: CarePlan }) {
  const to = useRecordPath()
  const { mayChange, hasSection } = useRecordRights()
  const name = () => titleOf(props.group.condition)
  const may = () => mayChange() && hasSection('problems')
  return (
    <Card
      title={
        <a href={to(`/entry/${props.group.condition.id}`)}>
          <bdi>{name()}</bdi>
        </a>
      }
    >
      <Show when={props.group.items.length > 0}>
        <ul class={styles.lines}>
          <KeyedFor each={props.group.items} keyOf={({ link }) => link.id}>
            {linked => (
              <li class={styles.linked}>
                <Line item={linked().item} />
                <Show when={may()}>
                  <IconButton
                    label={t('care.unlink', { what: nameOf(linked().item), name: name() })}
                    onClick={() => void props.plan.unlink(linked().link)}
                  >
                    <Unlink size="1.2rem" />
                  </IconButton>
                </Show>
              </li>
            )}
          </KeyedFor>
        </ul>
      </Show>
      <Show when={may()}>
        <LinkChoice group={props.group} plan={props.plan} name={name()} />
      </Show>
    </Card>
  )
}

/** Chosen first, then linked: a list that acts as the arrow keys go through it would link all of it. */
function LinkChoice(props: { readonly group: PlanGroup; readonly plan: CarePlan; readonly name: string }) {
  const [chosen, setChosen] = createSignal('')
  const open = () => {
    const taken = new Set(props.group.items.map(({ item }) => item.target))
    return props.plan.items().filter(({ target }) => !taken.has(target))
  }
  const add = () => {
    const item = open().find(({ target }) => target === chosen())
    setChosen('')
    if (item !== undefined) void props.plan.link(props.group.condition, item)
  }
  return (
    <Show when={open().length > 0}>
      <details class={styles.more}>
        <summary>
          {t('care.link.more')}
          <VisuallyHidden>: {props.name}</VisuallyHidden>
        </summary>
        <div class={styles.choice}>
          <SelectField
            label={t('care.link', { name: props.name })}
            value={chosen()}
            options={[
              { value: '', label: t('care.choose') },
              ...open().map(item => ({ value: item.target, label: nameOf(item) })),
            ]}
            onChange={setChosen}
          />
          <Show when={chosen() !== ''}>
            <Button onClick={add}>{t('care.link.add')}</Button>
          </Show>
        </div>
      </details>
    </Show>
  )
}

function nameOf(item: PlanItem): string {
  if (item.type === 'entry') return titleOf(item.entry)
  return trackedName(item.measure.measure, item.measure.latest.title)
}

/** What it is, its newest value, and where it leads. */
function Line(props: { readonly item: PlanItem }) {
  const to = useRecordPath()
  const settings = useSettings()
  const href = () => {
    const { item } = props
    return item.type === 'entry' ? `/entry/${item.entry.id}` : trackPath(item.measure.measure)
  }
  const about = () => {
    const { item } = props
    if (item.type === 'entry') return [t(`kind.${item.entry.kind}`), valueOfEntry(item.entry, settings())]
    return [t('care.latest'), valueOfEntry(item.measure.latest, settings()), whenOf(item.measure.latest)]
  }
  return (
    <span class={styles.line}>
      <a href={to(href())}>
        <bdi>{nameOf(props.item)}</bdi>
      </a>
      <span class={styles.soft}>
        <Dotted>
          <For each={about().filter(words => words !== '')}>{words => <span dir="auto">{words}</span>}</For>
        </Dotted>
      </span>
    </span>
  )
}
