import Paperclip from 'lucide-solid/icons/paperclip'
import { For, type JSX, Show, useContext } from 'solid-js'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { CheckField } from '../../parts/check-field.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { FailureNotice } from '../../record/failure-notice.tsx'
import { useRecordRights } from '../../session.ts'
import { EntryDoorContext } from './entry-door.ts'
import type { EntryForm } from './create-entry-form.ts'
import type { FieldError } from '../../record/entry-draft.ts'

/** What every form of an entry has: its fields, then what is asked or went wrong, then "Save". */
export function FormFrame<Draft extends object, Field extends string>(props: {
  readonly form: EntryForm<Draft, Field>
  /** It is about another entry, and as private as that. */
  readonly isBeside?: boolean
  /** Nothing belongs to it that a file could show, as to a dose. */
  readonly takesNoFiles?: boolean
  readonly children: JSX.Element
}) {
  const { isOwn, mayAddPapers } = useRecordRights()
  const door = useContext(EntryDoorContext)
  const saveWords = () => t(door?.act ?? 'act.save')
  return (
    <Form
      onSubmit={() => props.form.submit()}
      actions={
        <Show when={props.form.questions().length === 0}>
          <Button tone="primary" type="submit" wide busy={props.form.isSaving()}>
            {props.form.isSaving() ? t('add.saving') : saveWords()}
          </Button>
          <Show when={mayAddPapers(true) && door === undefined && !props.isBeside && !props.takesNoFiles}>
            <Button wide icon={<Paperclip size="1.2rem" />} onClick={() => void props.form.submitAndAttach()}>
              {t('add.attachToo')}
            </Button>
          </Show>
        </Show>
      }
    >
      <Show when={props.form.isBack()}>
        <Notice actions={<Button onClick={() => props.form.startAnew()}>{t('add.startAnew')}</Button>}>
          {t('add.back')}
        </Notice>
      </Show>
      {props.children}
      <Show when={isOwn && door === undefined && !props.form.isEditing && !props.isBeside}>
        <CheckField
          label={t('private.add')}
          checked={props.form.isPrivate()}
          onChange={isOn => props.form.setPrivate(isOn)}
        />
      </Show>
      <Show when={props.form.questions().length > 0}>
        <Notice
          tone="warning"
          alert
          title={t('question.title')}
          actions={
            <>
              <Button tone="primary" busy={props.form.isSaving()} onClick={() => void props.form.confirm()}>
                {t('question.yes')}
              </Button>
              <Button onClick={() => props.form.reconsider()}>{t('question.no')}</Button>
            </>
          }
        >
          <For each={props.form.questions()}>{question => <p>{t(`question.${question}`)}</p>}</For>
        </Notice>
      </Show>
      <FailureNotice failure={props.form.failure()} />
    </Form>
  )
}

/** Words for what is wrong with a field. */
export function errorWords(error: FieldError | undefined): string | undefined {
  return error === undefined ? undefined : t(`error.${error}`)
}
