import { createMemo, createSignal, Show } from 'solid-js'
import type { Coding } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import styles from './explain.module.css'
import { explainedTestOf } from './explained-tests.ts'
import { Explanation } from './explanation.tsx'

/** Opens the explanation of a test in its place; nothing where there is none. */
export function WhatIsThis(props: { readonly codes: readonly Coding[] }) {
  const test = createMemo(() => explainedTestOf(props.codes))
  const [isOpen, setIsOpen] = createSignal(false)
  return (
    <Show when={test()}>
      {found => (
        <details class={styles.details} onToggle={event => setIsOpen(event.currentTarget.open)}>
          <summary>{t('explain.what')}</summary>
          <Show when={isOpen()}>
            <Explanation test={found()} />
          </Show>
        </details>
      )}
    </Show>
  )
}
