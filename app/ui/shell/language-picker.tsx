import Languages from 'lucide-solid/icons/languages'
import { For } from 'solid-js'
import { LANGUAGES, type LanguageTag, t } from '../language/language.ts'
import { useDisplay } from '../session.ts'
import styles from './shell.module.css'

/** Changes the language before there is a settings page; each language is named in itself. */
export function LanguagePicker() {
  const { display, changeDisplay } = useDisplay()
  const choose = (tag: string) => {
    const chosen: LanguageTag | undefined = LANGUAGES.find(each => each.tag === tag)?.tag
    if (chosen) changeDisplay({ language: chosen })
  }
  return (
    <label class={styles.languagePicker}>
      <Languages size="1.25rem" aria-label={t('settings.language')} role="img" />
      <select onChange={event => choose(event.currentTarget.value)}>
        <For each={LANGUAGES}>
          {each => (
            <option value={each.tag} lang={each.tag} selected={each.tag === display().language}>
              {each.name}
            </option>
          )}
        </For>
      </select>
    </label>
  )
}
