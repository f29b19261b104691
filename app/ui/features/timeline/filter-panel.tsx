import { For, Show } from 'solid-js'
import type { Facets } from '#app/core/session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { CheckField } from '../../parts/check-field.tsx'
import { TextField } from '../../parts/text-field.tsx'
import type { Filter } from '../../views.ts'
import { useRecordView } from '../../session.ts'
import { sourceName } from './source-name.ts'
import styles from './timeline.module.css'

/** With or without `item`. */
const toggled = <Item,>(items: readonly Item[], item: Item, isOn: boolean): readonly Item[] =>
  isOn ? [...items.filter(each => each !== item), item] : items.filter(each => each !== item)

/** Everything the timeline can be narrowed by, beside the words in its search box. */
export function FilterPanel(props: {
  readonly facets: Facets | undefined
  readonly filter: Filter
  /** How many are left, once that is known. */
  readonly total: number | undefined
  readonly onChange: (part: Partial<Filter>) => void
  readonly onClose: () => void
}) {
  const { shared } = useRecordView()
  return (
    <div class={styles.panel}>
      <div class={styles.dates}>
        <TextField
          label={t('timeline.from')}
          type="date"
          value={props.filter.from}
          onInput={from => props.onChange({ from })}
        />
        <TextField
          label={t('timeline.to')}
          type="date"
          value={props.filter.to}
          onInput={to => props.onChange({ to })}
        />
      </div>
      <fieldset>
        <legend>{t('timeline.kinds')}</legend>
        <div class={styles.checks}>
          <For each={props.facets?.kinds}>
            {({ kind, count }) => (
              <CheckField
                label={t('timeline.facet', { name: t(`kinds.${kind}`), count })}
                checked={props.filter.kinds.includes(kind)}
                onChange={isOn => props.onChange({ kinds: toggled(props.filter.kinds, kind, isOn) })}
              />
            )}
          </For>
        </div>
      </fieldset>
      <Show when={(props.facets?.sources.length ?? 0) > 1}>
        <fieldset>
          <legend>{t('timeline.sources')}</legend>
          <div class={styles.checks}>
            <For each={props.facets?.sources}>
              {({ source, count }) => (
                <CheckField
                  label={t('timeline.facet', { name: sourceName(source, props.facets, shared?.recordName()), count })}
                  checked={props.filter.sources.includes(source)}
                  onChange={isOn => props.onChange({ sources: toggled(props.filter.sources, source, isOn) })}
                />
              )}
            </For>
          </div>
        </fieldset>
      </Show>
      <Button tone="primary" wide onClick={() => props.onClose()}>
        {props.total === undefined ? t('act.close') : t('timeline.show', { count: props.total })}
      </Button>
    </div>
  )
}
