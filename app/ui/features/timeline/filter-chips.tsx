import X from 'lucide-solid/icons/x'
import { For, Show } from 'solid-js'
import type { Facets } from '#app/core/session.ts'
import { language, t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { formatWhen } from '../../record/format-when.ts'
import { type Filter, NO_FILTER } from '../../views.ts'
import { useRecordView } from '../../session.ts'
import { isFiltered } from './filter.ts'
import { sourceName } from './source-name.ts'
import styles from './timeline.module.css'

interface Chip {
  readonly label: string
  /** The filter without it. */
  readonly without: Partial<Filter>
}

/** What the timeline is narrowed to, each to be taken away by one press. */
export function FilterChips(props: {
  readonly facets: Facets | undefined
  readonly filter: Filter
  readonly onChange: (part: Partial<Filter>) => void
}) {
  const { shared } = useRecordView()
  return (
    <Show when={isFiltered(props.filter)}>
      <ul class={styles.chips} aria-label={t('timeline.chips')}>
        <For each={chipsOf(props.filter, props.facets, shared?.recordName())}>
          {chip => (
            <li>
              <button
                type="button"
                class={styles.chip}
                aria-label={t('timeline.chip.remove', { name: chip.label })}
                onClick={() => props.onChange(chip.without)}
              >
                <span dir="auto">{chip.label}</span>
                <X size="1rem" />
              </button>
            </li>
          )}
        </For>
        <li>
          <Button tone="plain" onClick={() => props.onChange(NO_FILTER)}>
            {t('timeline.clear')}
          </Button>
        </li>
      </ul>
    </Show>
  )
}

function chipsOf(filter: Filter, facets: Facets | undefined, owner: string | undefined): readonly Chip[] {
  const day = (text: string) => formatWhen({ text }, language())
  return [
    ...filter.sections.map(section => ({
      label: t(`section.${section}`),
      without: { sections: filter.sections.filter(each => each !== section) },
    })),
    ...filter.kinds.map(kind => ({
      label: t(`kinds.${kind}`),
      without: { kinds: filter.kinds.filter(each => each !== kind) },
    })),
    ...filter.sources.map(source => ({
      label: sourceName(source, facets, owner),
      without: { sources: filter.sources.filter(each => each !== source) },
    })),
    ...(filter.from === ''
      ? []
      : [{ label: t('timeline.chip.from', { day: day(filter.from) }), without: { from: '' } }]),
    ...(filter.to === '' ? [] : [{ label: t('timeline.chip.to', { day: day(filter.to) }), without: { to: '' } }]),
    ...(filter.text === '' ? [] : [{ label: t('timeline.chip.text', { text: filter.text }), without: { text: '' } }]),
  ]
}
