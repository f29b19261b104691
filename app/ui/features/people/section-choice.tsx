import { For, Show } from 'solid-js'
import { type Section, SECTIONS } from '#schema/record/sections.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { CheckField } from '../../parts/check-field.tsx'
import { SENSITIVE, withSection } from './draft-share.ts'
import styles from './people.module.css'

interface SectionChoiceProps {
  /** How many entries each has; those without any are left out. */
  readonly counts: ReadonlyMap<Section, number>
  readonly chosen: readonly Section[]
  readonly onChange: (sections: readonly Section[]) => void
}

/** Which sections: the plain ones, the sensitive ones apart, and those that are empty now behind a press. */
export function SectionChoice(props: SectionChoiceProps) {
  const isFull = (section: Section) => props.counts.has(section)
  const plain = () => SECTIONS.filter(section => isFull(section) && !SENSITIVE.has(section))
  const sensitive = () => SECTIONS.filter(section => isFull(section) && SENSITIVE.has(section))
  const empty = () => SECTIONS.filter(section => !isFull(section))
  return (
    <div class={styles.stack}>
      <div class={styles.acts}>
        <Show when={plain().length > 0}>
          <Button onClick={() => props.onChange(plain())}>{t('share.usual', { count: plain().length })}</Button>
        </Show>
        <Show when={props.chosen.length > 0}>
          <Button tone="plain" onClick={() => props.onChange([])}>
            {t('share.none')}
          </Button>
        </Show>
      </div>
      <fieldset>
        <legend class={styles.legend}>{t('share.what')}</legend>
        <Checks {...props} sections={plain()} />
      </fieldset>
      <Show when={sensitive().length > 0}>
        <fieldset class={styles.sensitive}>
          <legend class={styles.legend}>{t('share.sensitive')}</legend>
          <p class={styles.soft}>{t('share.sensitive.text')}</p>
          <Checks {...props} sections={sensitive()} />
        </fieldset>
      </Show>
      <details class={styles.disclosure} open={empty().some(section => props.chosen.includes(section))}>
        <summary>{t('share.empty')}</summary>
        <div>
          <p class={styles.soft}>{t('share.empty.text')}</p>
          <Checks {...props} sections={empty()} />
        </div>
      </details>
    </div>
  )
}

function Checks(props: SectionChoiceProps & { readonly sections: readonly Section[] }) {
  return (
    <div class={styles.checks}>
      <For each={props.sections}>
        {section => (
          <CheckField
            label={t('share.section', { name: t(`section.${section}`), count: props.counts.get(section) ?? 0 })}
            checked={props.chosen.includes(section)}
            onChange={isOn => props.onChange(withSection(props.chosen, section, isOn, SECTIONS))}
          />
        )}
      </For>
    </div>
  )
}
