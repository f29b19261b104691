import { createSignal, Show } from 'solid-js'
import type { Workspace } from '#app/core/workspace-session.ts'
import { t } from '../../language/language.ts'
import { SelectField } from '../../parts/select-field.tsx'
import { createWatch, useSession } from '../../session.ts'

/** Texts that this person keeps to answer with; nothing where there are none. */
export function TemplateChoice(props: { readonly onChoose: (text: string) => void }) {
  const session = useSession()
  const workspace = createWatch<Workspace>(listener => session.watchWorkspace(listener))
  const [chosenId, setChosenId] = createSignal('')
  const templates = () => workspace()?.templates ?? []
  const insert = (id: string) => {
    const chosen = templates().find(template => template.id === id)
    if (chosen !== undefined) props.onChoose(chosen.text)
    setChosenId(id)
    // It is free for the same one again.
    queueMicrotask(() => setChosenId(''))
  }
  return (
    <Show when={templates().length > 0}>
      <SelectField
        label={t('answers.insert')}
        value={chosenId()}
        options={[{ value: '', label: '' }, ...templates().map(({ id, title }) => ({ value: id, label: title }))]}
        onChange={insert}
      />
    </Show>
  )
}
