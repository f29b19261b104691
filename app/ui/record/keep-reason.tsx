import { createSignal, Show } from 'solid-js'
import type { KeptReason } from '#app/core/follow-session.ts'
import type { KeepCopyFailure } from '#app/core/patient-session.ts'
import { type PlainKey, t } from '../language/language.ts'
import { Notice } from '../parts/notice.tsx'
import { RadioGroup } from '../parts/radio-group.tsx'
import { TextField } from '../parts/text-field.tsx'

const REASONS = ['duty', 'treatment', 'referral', 'other'] as const satisfies readonly KeptReason[]
const FAILURES = {
  locked: 'copy.failed.locked',
  'not-found': 'copy.failed.not-found',
  'nothing-chosen': 'copy.failed.nothing-chosen',
  'reason-needed': 'copy.failed.reason-needed',
  'too-long': 'copy.failed.too-long',
  'not-stored': 'copy.failed.not-stored',
} as const satisfies Record<KeepCopyFailure['kind'], PlainKey>

/** Why something of somebody else's record is to leave the app, as far as it was said, and why that was refused. */
export function createKeepReason() {
  const [reason, setReason] = createSignal<KeptReason>('duty')
  const [note, setNote] = createSignal('')
  const [failure, setFailure] = createSignal<KeepCopyFailure>()
  return { reason, setReason, note, setNote, failure, setFailure }
}

export type KeepReason = ReturnType<typeof createKeepReason>

/** What the patient is told of it. `brief`: words of one's own are asked for where no reason that stands here fits. */
export function KeepReasonFields(props: { readonly form: KeepReason; readonly brief?: boolean }) {
  const hasNote = () => props.brief !== true || props.form.reason() === 'other'
  return (
    <>
      <RadioGroup
        label={t('copy.why')}
        value={props.form.reason()}
        options={REASONS.map(value => ({
          value,
          label: value === 'other' ? t('copy.reason.other') : t(`copy.reason.${value}`),
        }))}
        onChange={props.form.setReason}
      />
      <Show when={hasNote()}>
        <TextField
          label={t('copy.note')}
          hint={t('copy.note.hint')}
          multiline
          optional={props.form.reason() !== 'other'}
          value={props.form.note()}
          onInput={props.form.setNote}
          error={props.form.failure()?.kind === 'reason-needed' ? t('copy.failed.reason-needed') : undefined}
        />
      </Show>
      <Show when={props.form.failure()}>
        {failed => (
          <Notice tone="danger" alert>
            {t(FAILURES[failed().kind])}
          </Notice>
        )}
      </Show>
    </>
  )
}
