import ArrowDown from 'lucide-solid/icons/arrow-down'
import ArrowUp from 'lucide-solid/icons/arrow-up'
import Check from 'lucide-solid/icons/check'
import CircleAlert from 'lucide-solid/icons/circle-alert'
import TriangleAlert from 'lucide-solid/icons/triangle-alert'
import { Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import type { EntrySummary } from '#schema/record/entry.ts'
import { type Flag, isOut } from '#schema/record/fhir/result-flag.ts'
import { t } from '../language/language.ts'
import styles from './flag-mark.module.css'

const ICONS = {
  'critical-low': TriangleAlert,
  'critical-high': TriangleAlert,
  critical: TriangleAlert,
  low: ArrowDown,
  high: ArrowUp,
  abnormal: CircleAlert,
  positive: CircleAlert,
  negative: Check,
  normal: Check,
  'in-range': Check,
} as const satisfies Record<Flag, unknown>

const isCritical = (flag: Flag) => flag === 'critical' || flag === 'critical-low' || flag === 'critical-high'

/** Only a laboratory has a range of its own. */
function flagWords({ kind }: EntrySummary, flag: Flag): string {
  if (flag === 'critical' || flag === 'critical-low' || flag === 'critical-high') return t('said.critical')
  return kind === 'lab-result' ? t(`said.${flag}`) : t(`flag.${flag}`)
}

/** What an entry's source says of its value, in plain words with a shape of its own, and whether it may still change. */
export function FlagMark(props: {
  readonly entry: EntrySummary
  /** Says also that it is as it should be. */
  readonly always?: boolean
  /** One of many of the past, in one word: nobody is to be called any more. */
  readonly past?: boolean
}) {
  const flag = () => {
    const { flag: found, status } = props.entry
    return found !== undefined && status !== 'mistaken' && (props.always || isOut(found)) ? found : undefined
  }
  return (
    <>
      <Show when={flag()}>
        {found => (
          <span class={styles.flag} data-flag={isCritical(found()) ? 'critical' : isOut(found()) ? 'out' : 'in'}>
            <Dynamic component={ICONS[found()]} size="1.1em" aria-hidden="true" />
            <span>{props.past ? t(`flag.${found()}`) : flagWords(props.entry, found())}</span>
          </span>
        )}
      </Show>
      <Show when={props.entry.stage}>{stage => <span class={styles.stage}>{t(`stage.${stage()}`)}</span>}</Show>
    </>
  )
}
