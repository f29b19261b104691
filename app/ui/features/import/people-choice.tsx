import { createSignal, For, Show } from 'solid-js'
import type { ImportPeople, ImportPerson } from '#app/core/import-session.ts'
import { language, t } from '../../language/language.ts'
import { CheckField } from '../../parts/check-field.tsx'
import { Dotted } from '../../parts/dotted.tsx'
import { Notice } from '../../parts/notice.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { formatWhen } from '../../record/format-when.ts'
import styles from './import.module.css'

/** More than this are found by typing: a clinic's export may be about thousands. */
const MAX_SHOWN = 12

/** Of a file about several people: whose entries come in. */
export function PeopleChoice(props: {
  readonly people: ImportPeople
  readonly onChange: (places: readonly number[]) => void
}) {
  const [typed, setTyped] = createSignal('')
  const all = () => props.people.people
  const chosen = () => all().flatMap(({ place, isChosen }) => (isChosen ? place : []))
  const isFound = (person: ImportPerson) =>
    `${whoWords(person)} ${bornWords(person) ?? ''}`.toLowerCase().includes(typed().trim().toLowerCase())
  const found = () => all().filter(person => person.isChosen || isFound(person))
  const shown = () => found().slice(0, Math.max(MAX_SHOWN, chosen().length))
  const set = (place: number, isIn: boolean) =>
    props.onChange(isIn ? [...chosen(), place] : chosen().filter(each => each !== place))
  return (
    <fieldset class={styles.series}>
      <legend>{t('whose.title')}</legend>
      <p class={styles.soft}>{t('whose.hint')}</p>
      <Show when={all().length > MAX_SHOWN}>
        <TextField label={t('whose.find')} type="search" value={typed()} onInput={setTyped} />
      </Show>
      <ul class={styles.reasons}>
        <For each={shown().map(({ place }) => place)}>
          {place => (
            <Show when={all().find(each => each.place === place)}>
              {person => (
                <li>
                  <CheckField
                    label={<PersonLabel person={person()} />}
                    checked={person().isChosen}
                    onChange={isIn => set(place, isIn)}
                  />
                </li>
              )}
            </Show>
          )}
        </For>
      </ul>
      <Show when={found().length > shown().length}>
        <p class={styles.soft}>{t('whose.more', { count: found().length - shown().length })}</p>
      </Show>
      <Show when={chosen().length > 0 && props.people.leftOut > 0}>
        <Notice>{t('whose.leftOut', { count: props.people.leftOut })}</Notice>
      </Show>
    </fieldset>
  )
}

function PersonLabel(props: { readonly person: ImportPerson }) {
  const born = () => bornWords(props.person)
  return (
    <>
      <bdi>{whoWords(props.person)}</bdi>
      <span class={styles.soft}>
        <Dotted>
          <Show when={born()}>{words => <span>{words()}</span>}</Show>
          <span>{t('timeline.total', { count: props.person.count })}</span>
        </Dotted>
      </span>
    </>
  )
}

function whoWords({ name, reference }: ImportPerson): string {
  if (name !== '') return name
  return reference === undefined ? t('whose.nameless') : t('whose.unnamed', { reference })
}

function bornWords({ birthDate }: ImportPerson): string | undefined {
  if (birthDate === undefined) return undefined
  return t('whose.born', { date: formatWhen({ text: birthDate }, language(), 'long') })
}
