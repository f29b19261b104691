import { type JSX, Show } from 'solid-js'
import type { NewStep, RequestDetail } from '#app/core/request-session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { pressWords } from '../../record/messages/request-words.ts'

/** What each form of a step is given. */
export interface StepFormProps {
  /** Of the request’s kind. */
  readonly step: string
  readonly request: RequestDetail
  /** It is written down for somebody who has no Wellkeep, as this person was told. */
  readonly isTold: boolean
  readonly busy: boolean
  /** Why it was not taken. */
  readonly failure: string | undefined
  readonly onTake: (step: NewStep) => void
  readonly onClose: () => void
}

/** Around what a step has to say before it is taken. */
export function StepDialog(props: {
  readonly form: StepFormProps
  readonly children: JSX.Element
  /** The step that it comes to, where that is another one than was pressed. */
  readonly as?: string | undefined
  /** Undefined while something is missing; the fields say what. */
  readonly onSend: () => NewStep['data'] | undefined
}) {
  const send = () => {
    const data = props.onSend()
    if (data !== undefined) props.form.onTake({ kind: props.as ?? props.form.step, data })
  }
  return (
    <Dialog
      open
      onClose={props.form.onClose}
      title={pressWords(props.form.request, props.form.step)?.replace(/…$/, '')}
    >
      <Form
        onSubmit={send}
        actions={
          <>
            <Button tone="primary" type="submit" busy={props.form.busy}>
              {t('request.send')}
            </Button>
            <Button onClick={() => props.form.onClose()}>{t('act.cancel')}</Button>
          </>
        }
      >
        {props.children}
        <Show when={props.form.failure}>
          {failed => (
            <Notice tone="danger" alert>
              {failed()}
            </Notice>
          )}
        </Show>
      </Form>
    </Dialog>
  )
}
