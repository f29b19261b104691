import { createSignal, For, Show } from 'solid-js'
import type { RequestKind } from '#schema/requests/requests.ts'
import { type PlainKey, t } from '../../language/language.ts'
import { TextField } from '../../parts/text-field.tsx'
import { StepDialog, type StepFormProps } from './step-dialog.tsx'
import { TemplateChoice } from './template-choice.tsx'

/** A field in which something is written to the other side. */
interface WordsField {
  readonly name: string
  readonly label: PlainKey
  /** Where it is written down for somebody else. */
  readonly told?: PlainKey
  readonly hint?: PlainKey
  /** Something must be said. */
  readonly needed?: true
}

const WHY = { name: 'reason', label: 'request.reason', needed: true } as const
const PERHAPS_WHY = { name: 'reason', label: 'request.reason' } as const
const WORDS = { name: 'words', label: 'request.words' } as const
const WISHES = {
  name: 'wishes',
  label: 'appointment.wishes',
  hint: 'appointment.wishesHint',
  needed: true,
} as const

/** Steps that nothing but a text goes with, of each kind. */
const FIELDS: Readonly<Record<RequestKind, Readonly<Record<string, WordsField>>>> = {
  refill: { decline: WHY, withdraw: PERHAPS_WHY },
  appointment: {
    decline: WHY,
    withdraw: PERHAPS_WHY,
    cancel: PERHAPS_WHY,
    keep: PERHAPS_WHY,
    'call-off': WHY,
    'ask-other': WISHES,
    'ask-move': WISHES,
    note: { name: 'note', label: 'appointment.note', told: 'appointment.note.told', needed: true },
  },
  copy: { decline: WHY, withdraw: PERHAPS_WHY },
  correction: { accept: WORDS, decline: WHY, withdraw: PERHAPS_WHY },
  questionnaire: { decline: PERHAPS_WHY, withdraw: PERHAPS_WHY },
  question: {
    answer: { name: 'answer', label: 'request.answer', told: 'request.answer.told', needed: true },
    'ask-more': { name: 'question', label: 'request.question', needed: true },
    withdraw: PERHAPS_WHY,
  },
  addition: { decline: WHY, withdraw: PERHAPS_WHY },
  material: {
    ask: { name: 'question', label: 'material.question', needed: true },
    explain: { name: 'words', label: 'material.explanation', needed: true },
    withdraw: PERHAPS_WHY,
  },
}

export function isOfWords(kind: RequestKind, step: string): boolean {
  return Object.hasOwn(FIELDS[kind], step)
}

/** For a step with which nothing but a text goes. */
export function WordsStepForm(props: StepFormProps) {
  const [text, setText] = createSignal('')
  const [isTried, setIsTried] = createSignal(false)
  const fields = () => [FIELDS[props.request.kind][props.step]].flatMap(one => one ?? [])
  const insert = (template: string) => {
    const before = text().trimEnd()
    setText(before === '' ? template : `${before}\n\n${template}`)
  }
  const data = () => {
    setIsTried(true)
    const isMissing = fields().some(({ needed }) => needed && text().trim() === '')
    return isMissing ? undefined : Object.fromEntries(fields().map(({ name }) => [name, text()]))
  }
  return (
    <StepDialog form={props} onSend={data}>
      <Show when={props.request.role === 'provider' && !props.isTold && fields().length > 0}>
        <TemplateChoice onChoose={insert} />
      </Show>
      <For each={fields()}>
        {field => (
          <TextField
            label={t((props.isTold && field.told) || field.label)}
            hint={field.hint && t(field.hint)}
            optional={field.needed !== true}
            multiline
            maxLength={2000}
            value={text()}
            error={field.needed && isTried() && text().trim() === '' ? t('request.needed') : undefined}
            onInput={setText}
          />
        )}
      </For>
    </StepDialog>
  )
}
