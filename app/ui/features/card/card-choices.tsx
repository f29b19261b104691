import { createSignal, For, Show } from 'solid-js'
import type { CardChange } from '#app/core/card-session.ts'
import { language, t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { CheckField } from '../../parts/check-field.tsx'
import { KeyedFor } from '../../parts/keyed-for.tsx'
import { Notice } from '../../parts/notice.tsx'
import { createKeptText } from '../../record/create-kept-text.ts'
import { KeptTextField } from '../../record/kept-text-field.tsx'
import { saveFailureWords } from '../../record/words.ts'
import { useSession } from '../../session.ts'
import styles from './card.module.css'
import { BIRTH, type CardState, ENGLISH } from './create-card.ts'
import {
  CARD_PARTS,
  type CardItem,
  type CardPart,
  isItemOn,
  isPartOn,
  mayKnowOfNone,
  PART_TEXTS,
  PART_TITLES,
} from './draft-card.ts'

const HINTS = {
  blood: 'emergency.blood.hint',
  contacts: 'card.contacts.hint',
  languages: 'emergency.languages.hint',
  directives: 'emergency.directives.hint',
} as const satisfies Record<keyof typeof PART_TEXTS, string>

/** What of the record is on the card, part by part and line by line. Each tick is kept at once. */
export function CardChoices(props: { readonly card: CardState }) {
  const session = useSession()
  const [problem, setProblem] = createSignal<string>()
  const change = async (wanted: CardChange) => {
    const saved = await session.changeCard(wanted)
    setProblem(saved.ok ? undefined : saveFailureWords(saved.failure))
  }
  const isOn = (key: string, usual: boolean) => props.card.record()?.choices.items[key] ?? usual
  const hasPrivate = () => props.card.items().some(({ isPrivate }) => isPrivate)
  const choose = (key: string) => (on: boolean) => void change({ kind: 'item', key, isOn: on })
  return (
    <Card title={t('emergency.choose')} fields>
      <Show when={problem()}>
        {words => (
          <Notice tone="danger" alert>
            {words()}
          </Notice>
        )}
      </Show>
      <CheckField label={t('card.birth')} checked={isOn(BIRTH, true)} onChange={choose(BIRTH)} />
      <Show when={language() !== 'en'}>
        <CheckField label={t('emergency.english')} checked={isOn(ENGLISH, false)} onChange={choose(ENGLISH)} />
      </Show>
      <Show when={hasPrivate()}>
        <Notice>{t('emergency.private.text')}</Notice>
      </Show>
      <For each={CARD_PARTS}>{part => <PartChoices part={part} card={props.card} change={change} />}</For>
    </Card>
  )
}

/** Hundreds of choices at once would hold the page up. */
const PAGE = 30

interface PartProps {
  readonly part: CardPart
  readonly card: CardState
  readonly change: (change: CardChange) => Promise<void>
}

function PartChoices(props: PartProps) {
  const items = () => props.card.items().filter(({ part }) => part === props.part)
  const isOn = () => {
    const record = props.card.record()
    return record === undefined || isPartOn(record.choices, props.part)
  }
  const title = () => t(PART_TITLES[props.part])
  /** Nobody who looks at the card alone would miss them. */
  const hasNoted = () => props.part === 'problems' && items().some(({ isUsual }) => !isUsual)
  const [most, setMost] = createSignal(PAGE)
  const left = () => Math.max(0, items().length - most())
  return (
    <fieldset class={styles.choices}>
      <legend>{title()}</legend>
      <CheckField
        label={t('emergency.part', { part: title() })}
        checked={isOn()}
        onChange={on => void props.change({ kind: 'item', key: `part:${props.part}`, isOn: on })}
      />
      <Show when={isOn()}>
        <Show when={hasNoted()}>
          <Notice>{t('emergency.noted.text')}</Notice>
        </Show>
        <div class={styles.items}>
          <KeyedFor each={items().slice(0, most())} keyOf={({ key }) => key}>
            {item => <ItemChoice {...props} item={item()} />}
          </KeyedFor>
          <Show when={left() > 0}>
            <div>
              <Button onClick={() => setMost(most() + PAGE)}>
                {t('results.more', { count: Math.min(PAGE, left()) })}
              </Button>
            </div>
          </Show>
          <NoneKnown {...props} />
        </div>
        <Show when={props.part in PART_TEXTS}>
          <PartText part={props.part as keyof typeof PART_TEXTS} />
        </Show>
      </Show>
    </fieldset>
  )
}

function ItemChoice(props: PartProps & { readonly item: CardItem }) {
  const isOn = () => {
    const choices = props.card.record()?.choices
    return choices !== undefined && isItemOn(choices, props.item)
  }
  return (
    <CheckField
      label={
        <>
          <bdi>{props.item.text}</bdi>
          <Show when={props.item.isPrivate}> {t('emergency.private')}</Show>
        </>
      }
      checked={isOn()}
      onChange={on => void props.change({ kind: 'item', key: props.item.key, isOn: on })}
    />
  )
}

/** "I know of none" is not the same as that nobody asked. */
function NoneKnown(props: PartProps) {
  const part = () => (mayKnowOfNone(props.card.items(), props.part) ? props.part : undefined)
  return (
    <Show when={part()}>
      {of => (
        <CheckField
          label={t(`emergency.none.${of()}`)}
          checked={props.card.record()?.choices.noneKnownAt[of()] !== undefined}
          onChange={isKnown => void props.change({ kind: 'none-known', of: of(), isKnown })}
        />
      )}
    </Show>
  )
}

function PartText(props: { readonly part: keyof typeof PART_TEXTS }) {
  // A part is drawn once, and never as another one.
  const { part } = props
  const title = () => t(PART_TITLES[part])
  const kept = createKeptText(PART_TEXTS[part], title)
  return <KeptTextField label={t('emergency.also', { part: title() })} hint={t(HINTS[part])} kept={kept} />
}
