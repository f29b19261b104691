import Printer from 'lucide-solid/icons/printer'
import { createMemo, createSignal, For, Show } from 'solid-js'
import { language, t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { CheckField } from '../../parts/check-field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { QrCode } from '../../parts/qr-code.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { formatWhen } from '../../record/format-when.ts'
import { titleOf } from '../../record/words.ts'
import { useRecordPath, useSession, useVault } from '../../session.ts'
import { createKeptText } from './create-kept-text.ts'
import { CARD_PARTS, CARD_SECTIONS, type CardItem, type CardPart, cardItems, cardText, fitsCode } from './draft-card.ts'
import { privateCount } from './draft-take-out.ts'
import { KeptTextField } from './kept-text-field.tsx'
import styles from './paper.module.css'

const PART_TITLES = {
  allergies: 'section.allergies',
  medicines: 'section.medicines',
  problems: 'section.problems',
  contacts: 'card.contacts',
} as const satisfies Record<CardPart, string>

const SEVERITIES: Readonly<Record<string, 'form.allergy.mild' | 'form.allergy.moderate' | 'form.allergy.severe'>> = {
  mild: 'form.allergy.mild',
  moderate: 'form.allergy.moderate',
  severe: 'form.allergy.severe',
}

/** What is on the card, and what of it is ticked. */
function createCard() {
  const session = useSession()
  const vault = useVault()
  const contacts = createKeptText('emergency-contacts', () => t('card.contacts'))
  const [withPrivate, setPrivate] = createSignal(false)
  const [hasBirth, setBirth] = createSignal(true)
  const [left, setLeft] = createSignal<ReadonlySet<string>>(new Set())
  const facts = createAnswer(
    () => (withPrivate() ? 'all' : 'open'),
    which => session.reportEntries({ sections: CARD_SECTIONS, withPrivate: which === 'all' }),
  )
  const facets = createAnswer(
    () => true,
    () => session.facets(),
  )
  const words = {
    titleOf: ({ summary }: { readonly summary: Parameters<typeof titleOf>[0] }) => titleOf(summary),
    severityOf: (severity: string) => {
      const key = SEVERITIES[severity]
      return key === undefined ? severity : t(key)
    },
  }
  const items = createMemo(() => cardItems(facts() ?? [], contacts.lines(), words))
  const chosen = (part: CardPart) => items().filter(item => item.part === part && !left().has(item.key))
  const head = () => {
    const state = vault()
    if (state.kind !== 'open') return []
    const birth =
      state.birthDate === '' || !hasBirth() ? undefined : formatWhen({ text: state.birthDate }, language(), 'long')
    return [state.personName, ...(birth === undefined ? [] : [t('doctor.born', { date: birth })])]
  }
  const parts = () =>
    CARD_PARTS.map(part => ({ title: t(PART_TITLES[part]), items: chosen(part).map(({ text }) => text) }))
  return {
    contacts,
    withPrivate,
    setPrivate,
    hasBirth,
    setBirth,
    items,
    isOn: (item: CardItem) => !left().has(item.key),
    setItem(item: CardItem, isOn: boolean) {
      const next = new Set(left())
      if (isOn) next.delete(item.key)
      else next.add(item.key)
      setLeft(next)
    },
    privateCount: () => privateCount({ sections: CARD_SECTIONS }, facets()),
    head,
    parts,
    text: () => cardText(head(), parts()),
  }
}

type CardState = ReturnType<typeof createCard>

/** A card for the wallet: what helpers must know, for people and, as a code, for any phone. */
export function CardPage() {
  const card = createCard()
  const to = useRecordPath()
  return (
    <Page title={t('out.card')} back={{ href: to('/take-out') }}>
      <div class={styles.choices}>
        <p>{t('card.lead')}</p>
        <CardChoices card={card} />
        <Show when={!fitsCode(card.text())}>
          <Notice tone="warning" alert>
            {t('card.tooMuch')}
          </Notice>
        </Show>
        <Button tone="primary" icon={<Printer size="1.25rem" />} onClick={() => print()}>
          {t('doctor.print')}
        </Button>
      </div>
      <div class={styles.faces}>
        <section class={styles.face} aria-label={t('out.card')}>
          <For each={card.head()}>{line => <p class={styles.cardHead}>{line}</p>}</For>
          <For each={card.parts()}>
            {part => (
              <Show when={part.items.length > 0}>
                <p>
                  <strong>{part.title}:</strong> <bdi>{part.items.join('; ')}</bdi>
                </p>
              </Show>
            )}
          </For>
        </section>
        <Show when={fitsCode(card.text())}>
          <figure class={styles.face}>
            <QrCode text={card.text()} label={t('card.code')} />
            <figcaption>{t('card.code')}</figcaption>
          </figure>
        </Show>
      </div>
    </Page>
  )
}

function CardChoices(props: { readonly card: CardState }) {
  const of = (part: CardPart) => props.card.items().filter(item => item.part === part)
  return (
    <Card fields>
      <KeptTextField label={t('card.contacts')} hint={t('card.contacts.hint')} kept={props.card.contacts} />
      <CheckField
        label={t('card.birth')}
        checked={props.card.hasBirth()}
        onChange={isOn => props.card.setBirth(isOn)}
      />
      <For each={CARD_PARTS}>
        {part => (
          <Show when={of(part).length > 0}>
            <fieldset class={styles.parts}>
              <legend class={styles.legend}>{t(PART_TITLES[part])}</legend>
              <div class={styles.checks}>
                <For each={of(part)}>
                  {item => (
                    <CheckField
                      label={<bdi>{item.text}</bdi>}
                      checked={props.card.isOn(item)}
                      onChange={isOn => props.card.setItem(item, isOn)}
                    />
                  )}
                </For>
              </div>
            </fieldset>
          </Show>
        )}
      </For>
      <Show when={props.card.privateCount() > 0}>
        <CheckField
          label={t('out.private', { count: props.card.privateCount() })}
          checked={props.card.withPrivate()}
          onChange={isOn => props.card.setPrivate(isOn)}
        />
      </Show>
    </Card>
  )
}
