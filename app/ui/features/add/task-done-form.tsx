import type { EntryId } from '#schema/record/entry.ts'
import type { TaskDoneFields } from '#schema/record/plan-fields.ts'
import { NoteField } from './common-fields.tsx'
import { createEntryForm } from './create-entry-form.ts'
import { TakenFields } from './date-fields.tsx'
import { checkTaskDone, draftOfTaskDone } from './draft-task.ts'
import { FormFrame } from './form-frame.tsx'

/** When a task was really done. */
export function TaskDoneForm(props: { readonly fields: TaskDoneFields; readonly id?: EntryId | undefined }) {
  const form = createEntryForm({
    initial: draftOfTaskDone(props.fields),
    id: props.id,
    check: draft => checkTaskDone(draft, Date.now()),
  })
  return (
    <FormFrame form={form} takesNoFiles>
      <p>
        <strong>
          <bdi>{props.fields.taskTitle}</bdi>
        </strong>
      </p>
      <TakenFields taken={form.draft().taken} errorOf={form.errorOf} onChange={taken => form.change({ taken })} />
      <NoteField form={form} />
    </FormFrame>
  )
}
