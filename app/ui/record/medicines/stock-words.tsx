import { Show } from 'solid-js'
import { language, t } from '../../language/language.ts'
import { Notice } from '../../parts/notice.tsx'
import { formatWhen } from '../format-when.ts'
import { doseWords } from './schedule-words.ts'
import type { StockState } from './stock-of.ts'
import styles from './taking.module.css'

const dayWords = (day: string) => formatWhen({ text: day }, language(), 'short')

/** What is left, how long it lasts and when to fetch more. `today`: `2026-03-04`. */
export function StockWords(props: { readonly stock: StockState; readonly today: string }) {
  const supply = () => (props.stock.left < 0 ? undefined : props.stock.supply)
  return (
    <>
      <p class={styles.left}>
        <bdi>{t('taking.left', { amount: doseWords(props.stock.left, props.stock.unit) })}</bdi>
      </p>
      <Show when={props.stock.left < 0}>
        <Notice tone="warning">{t('taking.below')}</Notice>
      </Show>
      <Show when={supply()}>
        {found => (
          <Show when={found().runsOutOn} fallback={<p>{t('taking.lasts', { count: found().daysLeft })}</p>}>
            {day => (
              <p>
                {t('taking.runsOut', { count: found().daysLeft, date: dayWords(day()) })}{' '}
                {found().refillBy === props.today
                  ? t('taking.refillNow')
                  : t('taking.refill', { date: dayWords(found().refillBy ?? day()) })}
              </p>
            )}
          </Show>
        )}
      </Show>
      <Show when={props.stock.otherUnits > 0}>
        <p class={styles.soft}>{t('taking.otherUnits', { count: props.stock.otherUnits, unit: props.stock.unit })}</p>
      </Show>
    </>
  )
}
