import { Show } from 'solid-js'
import { t } from '../language/language.ts'
import { Notice } from '../parts/notice.tsx'
import { TextField } from '../parts/text-field.tsx'
import type { createKeptText } from './create-kept-text.ts'

/** Lines that the record keeps for a page. */
export function KeptTextField(props: {
  readonly label: string
  readonly hint: string
  readonly kept: ReturnType<typeof createKeptText>
}) {
  return (
    <>
      <TextField
        label={props.label}
        hint={props.hint}
        multiline
        value={props.kept.text()}
        onInput={text => props.kept.input(text)}
        onBlur={() => void props.kept.save()}
      />
      <output>
        <Show when={props.kept.isSaved()}>{t('doctor.kept')}</Show>
      </output>
      <Show when={props.kept.problem()}>
        {words => (
          <Notice tone="danger" alert>
            {words()}
          </Notice>
        )}
      </Show>
    </>
  )
}
