import { createEffect, createMemo, createSignal, For, Show } from 'solid-js'
import type { OutLink } from '#app/core/out-link-session.ts'
import type { Belonging } from '#app/core/private-session.ts'
import type { SaveFailure } from '#app/core/session.ts'
import type { Shares } from '#app/core/share-session.ts'
import { type EntryId, type EntrySummary, QUIET_KINDS } from '#schema/record/entry.ts'
import type { Section } from '#schema/record/sections.ts'
import { formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { CheckField } from '../../parts/check-field.tsx'
import { ConfirmDialog } from '../../parts/dialog.tsx'
import { Notice } from '../../parts/notice.tsx'
import { showToast } from '../../parts/toast.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { readerNames } from '../../record/share-words.ts'
import { saveFailureWords, titleOf, whenOf } from '../../record/words.ts'
import { createWatch, useRecordView, useSession } from '../../session.ts'
import { createWholeReaders } from './create-whole-readers.ts'
import styles from './entry.module.css'

/** Names what belongs to the entry and who has it already, then takes all of it out of what is shared. */
export function PrivateDialog(props: {
  readonly entry: EntrySummary
  readonly open: boolean
  readonly onClose: () => void
}) {
  const session = useSession()
  const shares = createWatch<Shares>(listener => session.watchShares(listener))
  const asked = () => (props.open ? props.entry.id : undefined)
  const belongings = createAnswer(asked, id => session.belongings(id))
  const links = createAnswer(asked, () => session.outLinks())
  const [left, setLeft] = createSignal<ReadonlySet<EntryId>>(new Set())
  const [failure, setFailure] = createSignal<SaveFailure>()
  const [isWorking, setIsWorking] = createSignal(false)
  createEffect(() => {
    if (!props.open) return
    setLeft(new Set<EntryId>())
    setFailure()
  })
  const going = createMemo(() => (belongings() ?? []).filter(({ summary }) => !left().has(summary.id)))
  const sections = () => [props.entry.section, ...going().map(({ summary }) => summary.section)]
  const readers = () => readerNames(shares()?.given ?? [], sections())
  const make = async () => {
    if (isWorking()) return
    setIsWorking(true)
    const ids = [props.entry.id, ...going().map(({ summary }) => summary.id)]
    const made = await session.makePrivate(ids)
    setIsWorking(false)
    if (!made.ok) return setFailure(made.failure)
    showToast({ message: t('private.made', { count: ids.length }) })
    props.onClose()
  }
  return (
    <ConfirmDialog
      open={props.open}
      onClose={props.onClose}
      title={t('private.make')}
      act={t('private.make')}
      busy={isWorking()}
      disabled={belongings() === undefined}
      onConfirm={() => void make()}
    >
      <p>{t('private.make.text')}</p>
      <Show when={belongings()} fallback={<output>{t('private.belongings.looking')}</output>}>
        {known => (
          <Show when={known().length > 0} fallback={<p class={styles.soft}>{t('private.belongings.nothing')}</p>}>
            <Belongings belongings={known()} left={left()} onChange={setLeft} />
          </Show>
        )}
      </Show>
      <Show when={readers()}>
        {people => (
          <Notice tone="warning" title={t('private.readers', { people: people() })}>
            {t('private.readers.text')}
          </Notice>
        )}
      </Show>
      <WholeReaders />
      <Links links={links() ?? []} sections={sections()} />
      <Show when={failure()}>
        {failed => (
          <Notice tone="danger" alert>
            {saveFailureWords(failed())}
          </Notice>
        )}
      </Show>
    </ConfirmDialog>
  )
}

/** Who acts in the whole record reads what is private, too. */
function WholeReaders() {
  const { kept } = useRecordView()
  const readers = createWholeReaders()
  const acts = kept === undefined ? 'private.whole.manages' : 'private.whole.looksAfter'
  return (
    <Show when={readers().length > 0}>
      <Notice tone="warning">
        <For each={readers()}>
          {({ name, state }) => <p>{t(state === 'active' ? acts : 'private.whole.asked', { name })}</p>}
        </For>
      </Notice>
    </Show>
  )
}

/** What was handed out as a link before lies sealed at the relay. */
function Links(props: { readonly links: readonly OutLink[]; readonly sections: readonly Section[] }) {
  const names = () =>
    props.links
      .filter(({ standing }) => standing !== 'over' && standing !== 'gone')
      .filter(link => link.sections.some(section => props.sections.includes(section)))
      .map(({ label }) => (label === '' ? t('outLink.noLabel') : label))
  return (
    <Show when={names().length > 0}>
      <Notice tone="warning" title={t('private.links', { links: formatList(names()) })}>
        {t('private.links.text')}
      </Notice>
    </Show>
  )
}

const isQuiet = ({ kind }: EntrySummary) => QUIET_KINDS.has(kind) && kind !== 'annotation'

function Belongings(props: {
  readonly belongings: readonly Belonging[]
  readonly left: ReadonlySet<EntryId>
  readonly onChange: (left: ReadonlySet<EntryId>) => void
}) {
  const choose = (id: EntryId, isOn: boolean) => {
    const next = new Set(props.left)
    if (isOn) next.delete(id)
    else next.add(id)
    props.onChange(next)
  }
  const quiet = () =>
    props.belongings
      .map(({ summary }) => summary)
      .filter(isQuiet)
      .map(({ id }) => id)
  const chooseQuiet = (isOn: boolean) => {
    const others = [...props.left].filter(id => !quiet().includes(id))
    props.onChange(new Set(isOn ? others : [...others, ...quiet()]))
  }
  const isAll = () => props.left.size === 0
  const chooseAll = () => props.onChange(new Set(isAll() ? props.belongings.map(({ summary }) => summary.id) : []))
  return (
    <fieldset class={styles.belongings}>
      <legend>{t('private.belongings')}</legend>
      <p class={styles.soft}>{t('private.belongings.text')}</p>
      <Show when={props.belongings.length > 2}>
        <div>
          <Button tone="plain" onClick={chooseAll}>
            {t(isAll() ? 'private.belongings.none' : 'private.belongings.all')}
          </Button>
        </div>
      </Show>
      <Show when={quiet().length > 0}>
        <CheckField
          checked={quiet().every(id => !props.left.has(id))}
          onChange={chooseQuiet}
          label={t('private.doses', { count: quiet().length })}
        />
      </Show>
      <For each={props.belongings.filter(({ summary }) => !isQuiet(summary))}>
        {({ summary, why }) => (
          <CheckField
            checked={!props.left.has(summary.id)}
            onChange={isOn => choose(summary.id, isOn)}
            label={
              <>
                <bdi>{titleOf(summary)}</bdi>
                <span class={styles.soft}>
                  {t(`kind.${summary.kind}`)} · {whenOf(summary, 'short')} · {t(`private.why.${why}`)}
                </span>
              </>
            }
          />
        )}
      </For>
    </fieldset>
  )
}
