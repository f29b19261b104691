import Printer from 'lucide-solid/icons/printer'
import { createEffect, createSignal, For, onCleanup, Show } from 'solid-js'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { KeyedFor } from '../../parts/keyed-for.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { titleOf } from '../../record/words.ts'
import { useRecordPath, useRecordView, useSession } from '../../session.ts'
import { CardChoices } from './card-choices.tsx'
import { CardSheet } from './card-sheet.tsx'
import styles from './card.module.css'
import { type CardState, createCard } from './create-card.ts'
import { isItemOn, isPartOn } from './draft-card.ts'
import { LockedSetting } from './locked-setting.tsx'
import { PaperCard } from './paper-card.tsx'
import { StillRight } from './still-right.tsx'

/** What helpers must know: on screen, in the wallet, as a code that any phone reads, and on the lock screen if its owner wants it. */
export function CardPage() {
  const session = useSession()
  const card = createCard()
  const { kept } = useRecordView()
  const isSheetDrawn = createDrawn(() => card.faces() !== undefined)
  // What only paper shows is made once the screen stands, or at the latest for the printer.
  const [isRead, setRead] = createSignal(false)
  const make = () => setRead(true)
  const timer = setTimeout(make, 500)
  addEventListener('beforeprint', make)
  onCleanup(() => {
    clearTimeout(timer)
    removeEventListener('beforeprint', make)
  })
  const printIt = () => {
    void session.changeCard({ kind: 'used' })
    print()
  }
  return (
    <Page
      title={t('emergency.title')}
      actions={
        <span class={styles.screen}>
          <Button icon={<Printer size="1.25rem" />} onClick={printIt}>
            {t('emergency.print')}
          </Button>
        </span>
      }
    >
      <Show when={card.faces()} fallback={<output>{t('app.loading')}</output>}>
        {faces => (
          <>
            <div class={styles.screen}>
              <Undecided card={card} />
              <KeyedFor each={faces()} keyOf={({ language }) => language}>
                {face => <CardSheet face={face()} />}
              </KeyedFor>
              <StillRight choices={card.record()?.choices} />
              <div id="card-choices" tabindex="-1">
                <Show when={isSheetDrawn()}>
                  <CardChoices card={card} />
                </Show>
              </div>
              <Show when={kept === undefined}>
                <LockedSetting faces={faces()} />
              </Show>
            </div>
            <p class={styles.fold}>{t('emergency.fold')}</p>
            <Show when={isRead()}>
              <For each={faces()}>{face => <PaperCard face={face} />}</For>
            </Show>
          </>
        )}
      </Show>
    </Page>
  )
}

/** Whether the frame with what `isThere` has been drawn: helpers read the card before anybody chooses what is on it. */
function createDrawn(isThere: () => boolean): () => boolean {
  const [isDrawn, setDrawn] = createSignal(false)
  createEffect(() => {
    if (!isThere() || isDrawn()) return
    const frame = requestAnimationFrame(() => setTimeout(() => setDrawn(true)))
    onCleanup(() => cancelAnimationFrame(frame))
  })
  return isDrawn
}

/** Of what is on the card and was changed twice at once: helpers read one of both. */
function Undecided(props: { readonly card: CardState }) {
  const to = useRecordPath()
  const disputed = () => {
    const choices = props.card.record()?.choices
    if (choices === undefined) return []
    return props.card
      .items()
      .filter(item => item.entry.isDisputed && isPartOn(choices, item.part) && isItemOn(choices, item))
  }
  return (
    <Show when={disputed().length > 0}>
      <Notice
        tone="warning"
        title={t('home.conflicts', { count: disputed().length })}
        actions={
          <For each={disputed()}>
            {({ entry }) => <LinkButton href={to(`/entry/${entry.id}`)}>{titleOf(entry)}</LinkButton>}
          </For>
        }
      >
        {t('emergency.disputed')}
      </Notice>
    </Show>
  )
}
