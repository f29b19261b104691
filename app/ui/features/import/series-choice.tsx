import { For, Show } from 'solid-js'
import type { ImportPreview, ImportSeries } from '#app/core/import-session.ts'
import { language, t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { CheckField } from '../../parts/check-field.tsx'
import { Dotted } from '../../parts/dotted.tsx'
import { Notice } from '../../parts/notice.tsx'
import { appleExampleWords, appleKindWords } from '../../record/apple-words.ts'
import { formatWhen } from '../../record/format-when.ts'
import styles from './import.module.css'

/** What is left out unless the person says otherwise: the keys. */
export function leftOutAtFirst(series: readonly ImportSeries[]): readonly string[] {
  return series.filter(({ isBasic }) => !isBasic).map(({ key }) => key)
}

/** The kinds of measurement of an export, each to be brought in or left out. */
export function SeriesChoice(props: {
  readonly series: readonly ImportSeries[]
  readonly leftOut: readonly string[]
  readonly onChange: (leftOut: readonly string[]) => void
}) {
  const set = (key: string, isIn: boolean) =>
    props.onChange(isIn ? props.leftOut.filter(each => each !== key) : [...props.leftOut, key])
  return (
    <fieldset class={styles.series}>
      <legend>{t('apple.choose')}</legend>
      <Show when={props.series.some(({ isByWeek }) => isByWeek)}>
        <p class={styles.soft}>{t('apple.how')}</p>
      </Show>
      <div class={styles.actions}>
        <Button onClick={() => props.onChange([])}>{t('apple.all')}</Button>
        <Button onClick={() => props.onChange(leftOutAtFirst(props.series))}>{t('apple.few')}</Button>
      </div>
      <ul class={styles.reasons}>
        <For each={props.series}>
          {each => (
            <li>
              <CheckField
                label={<SeriesLabel series={each} />}
                checked={!props.leftOut.includes(each.key)}
                onChange={isIn => set(each.key, isIn)}
              />
            </li>
          )}
        </For>
      </ul>
    </fieldset>
  )
}

function SeriesLabel(props: { readonly series: ImportSeries }) {
  const day = (text: string) => formatWhen({ text }, language())
  const counts = () => {
    const { isNew, alreadyThere } = props.series
    const there = alreadyThere > 0 ? [`${t('import.there')}: ${t('count', { count: alreadyThere })}`] : []
    return [`${t('import.new')}: ${t('count', { count: isNew })}`, ...there]
  }
  const facts = () => [
    t('apple.readings', { count: props.series.readings }),
    t('apple.span', { from: day(props.series.from), to: day(props.series.to) }),
    ...(props.series.isByWeek ? [t('apple.byWeek')] : []),
    ...counts(),
  ]
  return (
    <>
      <bdi>{appleKindWords(props.series.key) ?? props.series.name}</bdi>
      <span class={styles.soft}>
        <Dotted>
          <For each={facts()}>{fact => <span>{fact}</span>}</For>
        </Dotted>
      </span>
    </>
  )
}

/** What the file holds and does not come in, and why. */
export function LeftOut(props: { readonly left: ImportPreview['left'] }) {
  return (
    <Show when={props.left?.length}>
      <Notice title={t('apple.left')}>
        <ul class={styles.reasons}>
          <For each={props.left}>
            {each => (
              <li>
                {t(`left.${each.reason}`, { count: each.count })}
                <Show when={each.examples.length > 0}>
                  <span class={styles.soft}>
                    {t('import.examples')}{' '}
                    <For each={each.examples.slice(0, 3)}>
                      {(example, index) => (
                        <>
                          {index() > 0 ? ', ' : ''}
                          <bdi>{appleExampleWords(example)}</bdi>
                        </>
                      )}
                    </For>
                  </span>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Notice>
    </Show>
  )
}
