import { lazy, Match, Suspense, Switch } from 'solid-js'
import { isDescribedKind } from '#schema/record/described/kinds.ts'
import type { EntryFields, EntryId } from '#schema/record/entry.ts'
import { AllergyForm } from './allergy-form.tsx'
import { AnnotationForm } from './annotation-form.tsx'
import { BloodPressureForm } from './blood-pressure-form.tsx'
import { ConditionForm } from './condition-form.tsx'
import { DocumentForm } from './document-form.tsx'
import { DoseForm } from './dose-form.tsx'
import { GoalForm } from './goal-form.tsx'
import { MeasureForm } from './measure-form.tsx'
import { MedicineForm } from './medicine-form.tsx'
import { NoteForm } from './note-form.tsx'
import { StockForm } from './stock-form.tsx'
import { SymptomForm } from './symptom-form.tsx'
import { WeightForm } from './weight-form.tsx'

const TaskForm = lazy(async () => ({ default: (await import('./task-form.tsx')).TaskForm }))
const TaskDoneForm = lazy(async () => ({ default: (await import('./task-done-form.tsx')).TaskDoneForm }))
const AppointmentForm = lazy(async () => ({ default: (await import('./appointment-form.tsx')).AppointmentForm }))

const DescribedForm = lazy(async () => ({ default: (await import('./described-form.tsx')).DescribedForm }))

/** The form for a kind: empty, or over `fields` of the entry `id`. */
export function EntryFormFor(props: {
  readonly kind: EntryFields['kind']
  readonly fields?: EntryFields
  readonly id?: EntryId
}) {
  const fieldsOf = <Kind extends EntryFields['kind']>(kind: Kind) => {
    const fields = props.fields
    return fields?.kind === kind ? (fields as Extract<EntryFields, { kind: Kind }>) : undefined
  }
  return (
    <Switch>
      <Match when={props.kind === 'blood-pressure'}>
        <BloodPressureForm fields={fieldsOf('blood-pressure')} id={props.id} />
      </Match>
      <Match when={props.kind === 'weight'}>
        <WeightForm fields={fieldsOf('weight')} id={props.id} />
      </Match>
      <Match when={props.kind === 'measure'}>
        <MeasureForm fields={fieldsOf('measure')} id={props.id} />
      </Match>
      <Match when={props.kind === 'symptom'}>
        <SymptomForm fields={fieldsOf('symptom')} id={props.id} />
      </Match>
      <Match when={props.kind === 'goal'}>
        <GoalForm fields={fieldsOf('goal')} id={props.id} />
      </Match>
      <Match when={props.kind === 'condition'}>
        <ConditionForm fields={fieldsOf('condition')} id={props.id} />
      </Match>
      <Match when={props.kind === 'medicine'}>
        <MedicineForm fields={fieldsOf('medicine')} id={props.id} />
      </Match>
      <Match when={props.kind === 'allergy'}>
        <AllergyForm fields={fieldsOf('allergy')} id={props.id} />
      </Match>
      <Match when={props.kind === 'note'}>
        <NoteForm fields={fieldsOf('note')} id={props.id} />
      </Match>
      <Match when={props.kind === 'task'}>
        <Suspense>
          <TaskForm fields={fieldsOf('task')} id={props.id} />
        </Suspense>
      </Match>
      <Match when={fieldsOf('task-done')}>
        {fields => (
          <Suspense>
            <TaskDoneForm fields={fields()} id={props.id} />
          </Suspense>
        )}
      </Match>
      <Match when={props.kind === 'appointment'}>
        <Suspense>
          <AppointmentForm fields={fieldsOf('appointment')} id={props.id} />
        </Suspense>
      </Match>
      <Match when={fieldsOf('dose')}>{fields => <DoseForm fields={fields()} id={props.id} />}</Match>
      <Match when={fieldsOf('annotation')}>{fields => <AnnotationForm fields={fields()} id={props.id} />}</Match>
      <Match when={fieldsOf('stock')}>{fields => <StockForm fields={fields()} id={props.id} />}</Match>
      <Match when={fieldsOf('document')}>{fields => <DocumentForm fields={fields()} id={props.id} />}</Match>
      <Match when={isDescribedKind(props.kind) && props.kind} keyed>
        {kind => (
          <Suspense>
            <DescribedForm kind={kind} fields={fieldsOf(kind)} id={props.id} />
          </Suspense>
        )}
      </Match>
    </Switch>
  )
}
