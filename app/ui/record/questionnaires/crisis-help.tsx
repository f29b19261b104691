import { For } from 'solid-js'
import { CRISIS_LINES } from '#schema/questionnaires/crisis-lines.ts'
import { language, t } from '../../language/language.ts'
import { Notice } from '../../parts/notice.tsx'
import { formatWhen } from '../format-when.ts'
import styles from './crisis-help.module.css'

/** Whom to call, at once and with no network, and that nobody sees what was answered. Numbers are facts with their source; no address is asked. */
export function CrisisHelp() {
  return (
    <Notice tone="danger" alert title={t('crisis.title')}>
      <p>{t('crisis.text')}</p>
      <ul class={styles.lines}>
        <li>{t('crisis.emergency')}</li>
        <For each={CRISIS_LINES}>
          {line => (
            <li>
              {t(`crisis.${line.key}`)} <a href={`tel:${line.number.replace(/ /g, '')}`}>{line.number}</a>
            </li>
          )}
        </For>
        <li>{t('crisis.elsewhere')}</li>
      </ul>
      <p>
        <strong>{t('crisis.nobody')}</strong>
      </p>
      <details class={styles.sources}>
        <summary>{t('crisis.sources')}</summary>
        <ul>
          <For each={CRISIS_LINES}>
            {line => (
              <li>
                <bdi>{line.number}</bdi>: <bdi dir="ltr">{line.source}</bdi>,{' '}
                {formatWhen({ text: line.opened }, language())}
              </li>
            )}
          </For>
        </ul>
      </details>
    </Notice>
  )
}
