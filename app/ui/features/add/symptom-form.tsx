import { useSearchParams } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { EntryId, SymptomFields } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import field from '../../parts/field.module.css'
import { TextField } from '../../parts/text-field.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { localDateTime } from '../../record/fhir-date.ts'
import { useSession } from '../../session.ts'
import { NoteField } from './common-fields.tsx'
import { createEntryForm } from './create-entry-form.ts'
import { TakenFields } from './date-fields.tsx'
import type { FieldError } from '../../record/entry-draft.ts'
import { checkSymptom, draftOfSymptom, type SymptomDraft } from './draft-symptom.ts'
import styles from './form.module.css'
import { errorWords, FormFrame } from './form-frame.tsx'

/** Of the newest so many the names are offered. */
const LOOK_BACK = 200
const MOST_NAMES = 6

const always = () => true

/** One occurrence; `?name=` says of which symptom. */
export function SymptomForm(props: { readonly fields?: SymptomFields | undefined; readonly id?: EntryId | undefined }) {
  const session = useSession()
  const [asked] = useSearchParams<{ name?: string }>()
  const names = createAnswer(always, async () => {
    const rows = await session.timelineRows({ kinds: ['symptom'] }, 0, LOOK_BACK)
    return [...new Set(rows.map(({ title }) => title))].slice(0, MOST_NAMES)
  })
  const empty = { name: asked.name ?? '', severity: '', triggers: '', relief: '', note: '' }
  const initial: SymptomDraft =
    props.fields === undefined ? { ...empty, taken: localDateTime(new Date()) } : draftOfSymptom(props.fields)
  const form = createEntryForm({ initial, id: props.id, check: draft => checkSymptom(draft, Date.now()) })
  const isAsked = () => !form.isEditing && form.draft().name === ''
  return (
    <FormFrame form={form}>
      <TextField
        label={t('form.symptom.name')}
        hint={t('form.symptom.nameHint')}
        value={form.draft().name}
        onInput={name => form.change({ name })}
        error={errorWords(form.errorOf('name'))}
      />
      <Show when={isAsked() && (names()?.length ?? 0) > 0}>
        <div class={styles.known}>
          <p class={field.hint}>{t('form.symptom.known')}</p>
          <For each={names()}>{name => <Button onClick={() => form.change({ name })}>{name}</Button>}</For>
        </div>
      </Show>
      <div class={styles.short}>
        <TextField
          label={t('form.symptom.severity')}
          hint={t('form.symptom.severityHint')}
          value={form.draft().severity}
          onInput={severity => form.change({ severity })}
          inputMode="decimal"
          error={severityError(form.errorOf('severity'))}
        />
      </div>
      <TextField
        label={t('form.symptom.triggers')}
        optional
        value={form.draft().triggers}
        onInput={triggers => form.change({ triggers })}
      />
      <TextField
        label={t('form.symptom.relief')}
        optional
        value={form.draft().relief}
        onInput={relief => form.change({ relief })}
      />
      <TakenFields taken={form.draft().taken} errorOf={form.errorOf} onChange={taken => form.change({ taken })} />
      <NoteField form={form} />
    </FormFrame>
  )
}

function severityError(error: FieldError | undefined): string | undefined {
  return error === 'out-of-range' ? t('error.out-of-range.score') : errorWords(error)
}
