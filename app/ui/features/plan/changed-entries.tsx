import { For, Show } from 'solid-js'
import type { ChangedRows } from '#app/core/history-session.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import compared from '../../record/compared.module.css'
import { createAnswer } from '../../record/create-answer.ts'
import { EntryList, EntryRow } from '../../record/entry-row.tsx'
import { fieldLabel, fieldValue } from '../../record/field-words.ts'
import { useNewResults } from '../../record/new-results.ts'
import { useSession, useSettings } from '../../session.ts'
import { fieldsSince } from './changed-fields.ts'
import styles from './plan.module.css'

/** So many changes of one entry are looked through. */
const MOST = 100

/** Entries that were changed by hand, each with what it said before and says now. */
export function ChangedEntries(props: { readonly label: string; readonly told: ChangedRows; readonly since: string }) {
  const inTurn = createTurns()
  const newResults = useNewResults()
  return (
    <EntryList label={props.label}>
      <For each={props.told.rows}>
        {entry => (
          <li>
            <EntryRow entry={entry} />
            <Show when={!newResults.isWaiting(entry)}>
              <WhatItSays entry={entry} since={props.since} inTurn={inTurn} />
            </Show>
          </li>
        )}
      </For>
    </EntryList>
  )
}

type InTurn = <Value>(read: () => Promise<Value>) => Promise<Value>

/** One after the other: each history is read from all changes of its shard. */
function createTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve()
  return read => {
    const next = last.then(read, read)
    last = next
    return next
  }
}

function WhatItSays(props: { readonly entry: EntrySummary; readonly since: string; readonly inTurn: InTurn }) {
  const session = useSession()
  const settings = useSettings()
  const history = createAnswer(
    () => ({ id: props.entry.id, since: props.since }),
    async ({ id, since }) => {
      const found = await props.inTurn(() => session.entryHistory(id, MOST))
      return fieldsSince(found?.changes ?? [], Date.parse(since))
    },
  )
  return (
    <Show when={(history() ?? []).length > 0}>
      <dl class={`${compared.changed} ${styles.said}`}>
        <For each={history()}>
          {({ field, before, after }) => (
            <div>
              <dt>{fieldLabel(field)}</dt>
              <dd>
                <span>
                  {t('history.before')} <bdi>{fieldValue(field, before, settings().units)}</bdi>
                </span>
                <span>
                  {t('history.after')} <bdi>{fieldValue(field, after, settings().units)}</bdi>
                </span>
              </dd>
            </div>
          )}
        </For>
      </dl>
    </Show>
  )
}
