import { For, Show } from 'solid-js'
import { language, t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { SelectField } from '../../parts/select-field.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { FailureNotice } from '../../record/failure-notice.tsx'
import { formatValue } from '../../record/format-value.ts'
import { useRecordPath } from '../../session.ts'
import { createQuick, type Quick } from './create-quick.ts'
import styles from './quick.module.css'

/** A blood pressure in one line from the home page. */
export function QuickPressure() {
  const quick = createQuick()
  let line: HTMLElement | undefined
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    await quick.submit()
    if (quick.questions().length === 0) line?.focus()
  }
  const error = () => {
    const found = quick.error()
    return found === undefined || found === 'bad-time' ? undefined : t(`quick.error.${found}`)
  }
  return (
    <form class={styles.form} noValidate aria-label={t('quick.title')} onSubmit={event => void submit(event)}>
      <div class={styles.line}>
        <TextField
          label={t(quick.savedCount() === 1 ? 'quick.second' : 'quick.label')}
          value={quick.draft().line}
          placeholder="128/82 61"
          inputMode="text"
          onInput={text => quick.change({ line: text })}
          error={error()}
          ref={element => {
            line = element
          }}
        />
        <Show when={quick.questions().length === 0}>
          <Button tone="primary" type="submit" busy={quick.isSaving()}>
            {t('act.save')}
          </Button>
        </Show>
      </div>
      <Show when={quick.mean()}>
        {pair => (
          <output class={styles.mean}>
            {t('form.reading.mean', {
              value: formatValue({ type: 'blood-pressure', ...pair() }, 'metric', language()),
            })}
          </output>
        )}
      </Show>
      <Questions quick={quick} onDone={() => line?.focus()} />
      <FailureNotice failure={quick.failure()} />
      <Folded quick={quick} />
    </form>
  )
}

function Questions(props: { readonly quick: Quick; readonly onDone: () => void }) {
  const confirm = async () => {
    await props.quick.confirm()
    props.onDone()
  }
  const reconsider = () => {
    props.quick.reconsider()
    props.onDone()
  }
  return (
    <Show when={props.quick.questions().length > 0}>
      <Notice
        tone="warning"
        alert
        title={t('question.title')}
        actions={
          <>
            <Button tone="primary" onClick={() => void confirm()}>
              {t('question.yes')}
            </Button>
            <Button onClick={reconsider}>{t('question.no')}</Button>
          </>
        }
      >
        <For each={props.quick.questions()}>{question => <p>{t(`question.${question}`)}</p>}</For>
      </Notice>
    </Show>
  )
}

/** Time, arm, position, medicine and note. */
function Folded(props: { readonly quick: Quick }) {
  const to = useRecordPath()
  const draft = () => props.quick.draft()
  const unstated = () => ({ value: '', label: t('form.unstated') }) as const
  return (
    <details class={styles.more} open={props.quick.error() === 'bad-time' || undefined}>
      <summary>{t('quick.more')}</summary>
      <div class={styles.fields}>
        <TextField
          label={t('form.time')}
          hint={t('quick.timeHint')}
          value={draft().time}
          inputMode="text"
          onInput={time => props.quick.change({ time })}
          error={props.quick.error() === 'bad-time' ? t('quick.error.bad-time') : undefined}
        />
        <SelectField
          label={t('form.arm')}
          value={draft().arm}
          options={[
            unstated(),
            { value: 'left', label: t('form.arm.left') },
            { value: 'right', label: t('form.arm.right') },
          ]}
          onChange={arm => props.quick.change({ arm })}
        />
        <SelectField
          label={t('form.posture')}
          value={draft().posture}
          options={[
            unstated(),
            { value: 'sitting', label: t('form.posture.sitting') },
            { value: 'standing', label: t('form.posture.standing') },
            { value: 'lying', label: t('form.posture.lying') },
          ]}
          onChange={posture => props.quick.change({ posture })}
        />
        <SelectField
          label={t('form.medicineTime')}
          value={draft().medicine}
          options={[
            unstated(),
            { value: 'before', label: t('form.medicineTime.before') },
            { value: 'after', label: t('form.medicineTime.after') },
          ]}
          onChange={medicine => props.quick.change({ medicine })}
        />
        <TextField
          label={t('form.note')}
          optional
          value={draft().note}
          onInput={note => props.quick.change({ note })}
        />
        <div>
          <LinkButton tone="plain" href={to('/add/blood-pressure')}>
            {t('quick.whole')}
          </LinkButton>
        </div>
      </div>
    </details>
  )
}
