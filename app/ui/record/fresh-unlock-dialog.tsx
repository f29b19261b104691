import { createEffect, createSignal, type JSX, on, Show } from 'solid-js'
import { t } from '../language/language.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Form } from '../parts/form.tsx'
import { Notice } from '../parts/notice.tsx'
import { PassphraseField } from '../parts/passphrase-field.tsx'

/** What came of the act: undefined when it is done, otherwise what to say. */
export type FreshUnlockAnswer = 'wrong-passphrase' | { readonly words: string } | undefined

interface FreshUnlockDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  /** Why it is asked for. */
  readonly children: JSX.Element
  /** What the button does, as a verb. */
  readonly act: string
  readonly onUnlock: (passphrase: string) => Promise<FreshUnlockAnswer>
}

/** Asks for the passphrase before something lets somebody in or takes something out; closes when that is done. */
export function FreshUnlockDialog(props: FreshUnlockDialogProps) {
  return (
    <Dialog open={props.open} onClose={props.onClose} title={props.title}>
      <p>{props.children}</p>
      <FreshUnlockForm
        act={props.act}
        onUnlock={async passphrase => {
          const answer = await props.onUnlock(passphrase)
          if (answer === undefined) props.onClose()
          return answer
        }}
        onCancel={props.onClose}
        resetOn={props.open}
      />
    </Dialog>
  )
}

/** The same on a page. */
export function FreshUnlockForm(props: {
  readonly act: string
  readonly onUnlock: (passphrase: string) => Promise<FreshUnlockAnswer>
  readonly onCancel?: () => void
  readonly resetOn?: boolean
}) {
  const [passphrase, setPassphrase] = createSignal('')
  const [problem, setProblem] = createSignal<Exclude<FreshUnlockAnswer, undefined>>()
  const [isEmpty, setIsEmpty] = createSignal(false)
  const [isWorking, setIsWorking] = createSignal(false)
  createEffect(
    on(
      () => props.resetOn,
      () => {
        setPassphrase('')
        setProblem()
        setIsEmpty(false)
      },
    ),
  )
  const submit = async () => {
    setIsEmpty(passphrase() === '')
    if (isWorking() || isEmpty()) return
    setIsWorking(true)
    setProblem()
    const answer = await props.onUnlock(passphrase())
    setIsWorking(false)
    setProblem(answer)
  }
  const words = () => {
    const now = problem()
    return typeof now === 'object' ? now.words : undefined
  }
  const error = () => {
    if (isEmpty()) return t('pass.needed')
    return problem() === 'wrong-passphrase' ? t('fresh.wrong') : undefined
  }
  return (
    <Form
      onSubmit={submit}
      actions={
        <>
          <Button type="submit" tone="primary" busy={isWorking()}>
            {props.act}
          </Button>
          <Show when={props.onCancel}>{cancel => <Button onClick={() => cancel()()}>{t('act.cancel')}</Button>}</Show>
        </>
      }
    >
      <PassphraseField
        label={t('fresh.field')}
        value={passphrase()}
        onInput={text => {
          setPassphrase(text)
          setIsEmpty(false)
        }}
        error={error()}
        autofocus
      />
      <Show when={words()}>
        {text => (
          <Notice tone="danger" alert>
            {text()}
          </Notice>
        )}
      </Show>
    </Form>
  )
}
