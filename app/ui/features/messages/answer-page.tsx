import Send from 'lucide-solid/icons/send'
import { createEffect, createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import {
  type LetterRequest,
  MAX_ANSWER_CHARS,
  MAX_ANSWER_FILE_BYTES,
  type SealedAnswer,
  type VisitorLetter,
} from '#app/core/visitors/visitor-letter.ts'
import type { AnswerDoor, AnswerFailure } from '#app/core/visitor-session.ts'
import { formatTime } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { FileButton } from '../../parts/file-button.tsx'
import { focusOnMount } from '../../parts/focus-on-mount.ts'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { TextField } from '../../parts/text-field.tsx'
import styles from './answer.module.css'
import { LetterRequestView } from './letter-request.tsx'
import { LetterThreadView } from './letter-thread.tsx'

/** For whoever was given a link and has no Wellkeep: asks for a name, shows the letter, takes an answer. */
export function AnswerPage(props: { readonly door: AnswerDoor }) {
  const [name, setName] = createSignal('')
  const [letter, setLetter] = createSignal<VisitorLetter>()
  const [isSent, setIsSent] = createSignal(false)
  const [failure, setFailure] = createSignal<AnswerFailure>()
  createEffect(() => {
    document.title = `${t('answer.title')} – ${t('app.name')}`
  })
  const open = async () => {
    setFailure()
    const opened = await props.door.open(name())
    if (opened.ok) setLetter(opened.value)
    else setFailure(opened.failure)
  }
  const send = async (answer: Omit<SealedAnswer, 'name'>) => {
    const now = letter()
    if (now === undefined) return undefined
    setFailure()
    const sent = await props.door.answer(now, { name: name(), ...answer })
    if (sent.ok) setIsSent(true)
    else setFailure(sent.failure)
    return sent.ok ? undefined : t(`answer.failed.${sent.failure}`)
  }
  const again = async () => {
    await open()
    setIsSent(false)
  }
  return (
    <main class={styles.page}>
      <h1 tabindex="-1">{t('answer.title')}</h1>
      <Show when={letter()} fallback={<Ask name={name()} onName={setName} onOpen={open} />}>
        {known => (
          <>
            <p class={styles.who} ref={focusOnMount} tabindex="-1">
              <bdi>{t('answer.from', { name: known().from })}</bdi>
            </p>
            <p class={styles.soft}>{t('answer.until', { date: formatTime(known().expiresAt) })}</p>
            <Switch>
              <Match when={isSent()}>
                <Sent from={known().from} onAgain={() => void again()} />
              </Match>
              <Match when={threadOf(known())}>
                {thread => (
                  <>
                    <LetterThreadView thread={thread()} from={known().from} />
                    <AnswerForm from={known().from} onSend={send} />
                  </>
                )}
              </Match>
              <Match when={requestOf(known())}>
                {request => (
                  <>
                    <LetterRequestView
                      request={request()}
                      from={known().from}
                      name={name()}
                      onStep={step => send({ text: '', step })}
                    />
                    <Show
                      when={isCopyAsked(request())}
                      fallback={<p class={styles.soft}>{t('answer.sealed', { name: known().from })}</p>}
                    >
                      <AnswerForm
                        from={known().from}
                        needsFile
                        onSend={({ text, file }) => send(copyAnswer(text, file))}
                      />
                    </Show>
                  </>
                )}
              </Match>
            </Switch>
          </>
        )}
      </Show>
      <Show when={failure()}>
        {failed => (
          <Notice tone="danger" alert>
            {t(`answer.failed.${failed()}`)}
          </Notice>
        )}
      </Show>
    </main>
  )
}

const threadOf = ({ says }: VisitorLetter) => (says.is === 'thread' ? says : undefined)
const requestOf = ({ says }: VisitorLetter) => (says.is === 'request' ? says : undefined)

/** A copy is answered with a file, in the form that messages are answered with. */
const isCopyAsked = ({ kind, next }: LetterRequest) => kind === 'copy' && next.includes('answer')

function copyAnswer(text: string, file: SealedAnswer['file']): Omit<SealedAnswer, 'name'> {
  return { text: '', step: { kind: 'answer', data: { words: text } }, ...(file && { file }) }
}

function Ask(props: {
  readonly name: string
  readonly onName: (name: string) => void
  readonly onOpen: () => Promise<void>
}) {
  const [isTried, setIsTried] = createSignal(false)
  const [isOpening, setIsOpening] = createSignal(false)
  const open = async () => {
    setIsTried(true)
    if (props.name.trim() === '' || isOpening()) return
    setIsOpening(true)
    await props.onOpen()
    setIsOpening(false)
  }
  return (
    <>
      <p>{t('answer.lead')}</p>
      <Card>
        <Form
          onSubmit={open}
          actions={
            <Button type="submit" tone="primary" busy={isOpening()}>
              {t('answer.open')}
            </Button>
          }
        >
          <TextField
            label={t('answer.name')}
            value={props.name}
            onInput={props.onName}
            maxLength={100}
            autocomplete="name"
            error={isTried() && props.name.trim() === '' ? t('answer.name.needed') : undefined}
          />
        </Form>
      </Card>
    </>
  )
}

function Sent(props: { readonly from: string; readonly onAgain: () => void }): JSX.Element {
  return (
    <Notice
      title={t('answer.sent')}
      alert
      actions={<Button onClick={() => props.onAgain()}>{t('answer.more')}</Button>}
    >
      {t('answer.sent.text', { name: props.from })}
    </Notice>
  )
}

/** Words, and a file with them. */
function AnswerForm(props: {
  readonly from: string
  /** Words alone are no answer. */
  readonly needsFile?: boolean
  readonly onSend: (answer: Omit<SealedAnswer, 'name'>) => Promise<string | undefined>
}) {
  const [text, setText] = createSignal('')
  const [file, setFile] = createSignal<File>()
  const [isTried, setIsTried] = createSignal(false)
  const [isSending, setIsSending] = createSignal(false)
  const isEmpty = () => file() === undefined && (props.needsFile === true || text().trim() === '')
  const isTooLarge = () => (file()?.size ?? 0) > MAX_ANSWER_FILE_BYTES
  const send = async () => {
    setIsTried(true)
    if (isEmpty() || isTooLarge()) return
    setIsSending(true)
    const chosen = file()
    const along =
      chosen === undefined ? {} : { file: { name: chosen.name, bytes: new Uint8Array(await chosen.arrayBuffer()) } }
    await props.onSend({ text: text(), ...along })
    setIsSending(false)
  }
  return (
    <Card>
      <Form
        onSubmit={send}
        actions={
          <Button type="submit" tone="primary" busy={isSending()} icon={<Send size="1.25rem" />}>
            {t('answer.send')}
          </Button>
        }
      >
        <TextField
          label={t('answer.text')}
          multiline
          maxLength={MAX_ANSWER_CHARS}
          value={text()}
          onInput={setText}
          error={isTried() && isEmpty() && !props.needsFile ? t('answer.empty') : undefined}
        />
        <div class={styles.acts}>
          <FileButton label={t('answer.file')} onFile={setFile} />
          <Show when={file()}>
            {chosen => (
              <Button tone="plain" onClick={() => setFile()}>
                {t('answer.file.takeOff', { name: chosen().name })}
              </Button>
            )}
          </Show>
        </div>
        <Show when={isTried() && isEmpty() && props.needsFile}>
          <p role="alert">{t('request.needed')}</p>
        </Show>
        <Show when={isTooLarge()}>
          <p role="alert">{t('answer.file.tooLarge', { max: 7 })}</p>
        </Show>
        <p class={styles.soft}>{t('answer.sealed', { name: props.from })}</p>
      </Form>
    </Card>
  )
}
