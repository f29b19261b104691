import { createMemo, createResource, createSignal, For, onCleanup, Show, createEffect } from 'solid-js'
import { formatDuration, formatNumber } from '../language/format.ts'
import { type PlainKey, t } from '../language/language.ts'
import { GUESSES_PER_SECOND, loadEstimator, type Strength, type StrengthLevel } from './passphrase-strength.ts'
import styles from './strength-meter.module.css'

const LEVELS = ['weak', 'fair', 'good', 'strong'] as const
const WORDS = {
  weak: 'strength.weak',
  fair: 'strength.fair',
  good: 'strength.good',
  strong: 'strength.strong',
} as const satisfies Record<StrengthLevel, PlainKey>

const PAUSE_MS = 250

/** Says honestly how hard a passphrase is to guess, once its dictionaries are there and the person pauses typing. */
export function StrengthMeter(props: { readonly passphrase: string; readonly personal: readonly string[] }) {
  const [estimator] = createResource(loadEstimator)
  const [settled, setSettled] = createSignal('')
  createEffect(() => {
    const { passphrase } = props
    const timer = setTimeout(() => setSettled(passphrase), PAUSE_MS)
    onCleanup(() => clearTimeout(timer))
  })
  const strength = createMemo(() => {
    const estimate = estimator.state === 'ready' ? estimator() : undefined
    return settled() === '' || props.passphrase === '' ? undefined : estimate?.(settled(), props.personal)
  })
  return (
    <div class={styles.meter} role="status">
      <Show when={props.passphrase !== ''}>
        <Estimate strength={strength()} />
      </Show>
    </div>
  )
}

/** Its room is there from the first letter: what comes late would push the button away from below the finger. */
function Estimate(props: { readonly strength: Strength | undefined }) {
  const level = () => props.strength?.level
  const rank = () => LEVELS.findIndex(each => each === level())
  return (
    <>
      <p class={styles.head}>
        <span>{t('strength.label')}</span>
        <Show when={level()}>{known => <strong data-level={known()}>{t(WORDS[known()])}</strong>}</Show>
      </p>
      <div class={styles.bars} aria-hidden="true">
        <For each={LEVELS}>
          {(_, index) => <span class={styles.bar} data-level={index() <= rank() ? level() : undefined} />}
        </For>
      </div>
      <p class={styles.words}>{props.strength && estimateWords(props.strength)}</p>
    </>
  )
}

function estimateWords(strength: Strength): string {
  const rate = formatNumber(GUESSES_PER_SECOND)
  if (strength.seconds < 60) return t('strength.atOnce')
  if (strength.level === 'strong') return t('strength.centuries', { rate })
  return t('strength.estimate', { rate, time: formatDuration(strength.seconds * 1000) })
}
