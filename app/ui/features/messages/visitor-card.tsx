import FilePen from 'lucide-solid/icons/file-pen'
import Printer from 'lucide-solid/icons/printer'
import { createSignal, For, type JSX, Show } from 'solid-js'
import { instant } from '#schema/instant.ts'
import type { VisitorAnswer, VisitorDetail, VisitorLink, VisitorTopic } from '#app/core/visitor-session.ts'
import { formatTime } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { KeyedFor } from '../../parts/keyed-for.tsx'
import { Notice } from '../../parts/notice.tsx'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { showToast } from '../../parts/toast.tsx'
import { createWatch, useSession, useTrueNow } from '../../session.ts'
import { LinkCode } from '../../record/link-code.tsx'
import { MessageFileCard } from '../../record/messages/message-file.tsx'
import styles from '../../record/messages/messages.module.css'
import { didWords } from '../../record/messages/request-words.ts'
import { ownRelay } from '../../own-relay.ts'
import { saidIn } from './said-with-step.ts'
import type { RequestDetail } from '#app/core/request-session.ts'
import { LIVES, type Life, visitorEnd, visitorFailureWords } from './visitor-words.ts'

interface VisitorProps {
  readonly conversationId: string
  readonly topic: VisitorTopic
  /** Of a request, whose steps the answers are. */
  readonly request?: RequestDetail
  /** Opens where this person writes down what they were told. */
  readonly onTold?: () => void
  readonly children?: JSX.Element
}

const isSame = (a: VisitorTopic, b: VisitorTopic) => JSON.stringify(a) === JSON.stringify(b)

/** Somebody who has no Wellkeep: what they answered, the link by which they read it, and the way by paper. */
export function VisitorCard(props: VisitorProps) {
  const session = useSession()
  const visitor = createWatch<VisitorDetail | undefined>(listener =>
    session.watchVisitor(props.conversationId, listener),
  )
  const answers = () => (visitor()?.answers ?? []).filter(({ topic }) => isSame(topic, props.topic))
  const link = () => visitor()?.links.find(one => isSame(one.topic, props.topic) && one.standing !== 'over')
  const name = () => visitor()?.name ?? ''
  return (
    <Show when={visitor()}>
      <Show when={answers().length > 0}>
        <Card title={t('visitor.answer')}>
          <KeyedFor each={answers()} keyOf={answer => answer.answerId}>
            {answer => <Answer {...props} answer={answer()} />}
          </KeyedFor>
        </Card>
      </Show>
      <Card title={t('visitor.reach', { name: name() })}>
        <Show when={link()} fallback={<NewLink {...props} name={name()} />}>
          {open => <OpenLink conversationId={props.conversationId} link={open()} name={name()} />}
        </Show>
        <p class={styles.soft}>{t('visitor.paper')}</p>
        <div class={styles.acts}>
          <Button icon={<Printer size="1.25rem" />} onClick={() => window.print()}>
            {t('visitor.print')}
          </Button>
          <Show when={props.onTold}>
            {onTold => (
              <Button icon={<FilePen size="1.25rem" />} onClick={() => onTold()()}>
                {t('visitor.writeDown')}
              </Button>
            )}
          </Show>
        </div>
      </Card>
      {props.children}
    </Show>
  )
}

/** What came by a link, and what to do with it. */
function Answer(props: VisitorProps & { readonly answer: VisitorAnswer }) {
  const session = useSession()
  const said = () => {
    const { step, at } = props.answer
    const { request } = props
    if (step === undefined || request === undefined) return []
    const by = { type: 'member', id: '', name: '' } as const
    return saidIn({ ...step, id: '', by, role: 'provider', at, standing: 'counts' }, request)
  }
  const { answerId } = props.answer
  const decide = async (isTaken: boolean) => {
    const { conversationId } = props
    const decided = isTaken
      ? await session.takeAnswer(conversationId, answerId)
      : await session.putAnswerAway(conversationId, answerId)
    if (!decided.ok) showToast({ message: visitorFailureWords(decided.failure.kind) })
  }
  return (
    <div class={styles.attached}>
      <Notice tone="warning">{t('visitor.unchecked', { name: props.answer.name })}</Notice>
      <Show when={props.answer.step}>
        {step => (
          <p>
            <strong>{props.request && didWords(props.request.kind, step().kind)}</strong>
          </p>
        )}
      </Show>
      <For each={said()}>
        {line => (
          <p class={styles.said} dir="auto">
            <Show when={line.label}>{label => <span class={styles.soft}>{`${label()} `}</span>}</Show>
            {line.text}
          </p>
        )}
      </For>
      <Show when={props.answer.text !== ''}>
        <p class={styles.text} dir="auto">
          {props.answer.text}
        </p>
      </Show>
      <Show when={props.answer.file}>
        {file => <MessageFileCard conversationId={props.conversationId} file={file()} transfer={undefined} mayKeep />}
      </Show>
      <p class={styles.soft}>{formatTime(props.answer.at)}</p>
      <div class={styles.acts}>
        <Button tone="primary" onClick={() => void decide(true)}>
          {t('visitor.take')}
        </Button>
        <Button onClick={() => void decide(false)}>{t('visitor.putAway')}</Button>
      </div>
    </div>
  )
}

function NewLink(props: VisitorProps & { readonly name: string }) {
  const session = useSession()
  const now = useTrueNow()
  const [life, setLife] = createSignal<Life>('week')
  const [isBusy, setIsBusy] = createSignal(false)
  const make = async () => {
    setIsBusy(true)
    const { conversationId, topic } = props
    const expiresAt = visitorEnd(life(), instant(now()))
    const made = await session.makeVisitorLink({ conversationId, topic, expiresAt, origin: ownRelay() })
    setIsBusy(false)
    if (!made.ok) showToast({ message: visitorFailureWords(made.failure.kind) })
  }
  return (
    <>
      <p>{t('visitor.link.text', { name: props.name })}</p>
      <RadioGroup
        label={t('visitor.link.until')}
        value={life()}
        options={LIVES.map(value => ({ value, label: t(`visitor.life.${value}`) }))}
        onChange={setLife}
      />
      <div class={styles.acts}>
        <Button tone="primary" busy={isBusy()} onClick={() => void make()}>
          {t('visitor.link.make')}
        </Button>
      </div>
    </>
  )
}

function OpenLink(props: { readonly conversationId: string; readonly link: VisitorLink; readonly name: string }) {
  const session = useSession()
  const end = async () => {
    const ended = await session.endVisitorLink(props.conversationId, props.link.linkId)
    showToast({ message: ended.ok ? t('visitor.link.ended') : visitorFailureWords(ended.failure.kind) })
  }
  const opened = () => props.link.openings[0]
  return (
    <>
      <p>{t('visitor.link.open', { name: props.name, date: formatTime(props.link.expiresAt) })}</p>
      <LinkCode address={props.link.address} />
      <p class={styles.soft} role="status">
        <Show when={opened()} fallback={t('visitor.link.unopened')}>
          {last =>
            t('visitor.link.opened', {
              name: last().recipient === '' ? t('messages.someone') : last().recipient,
              date: formatTime(last().at),
            })
          }
        </Show>
      </p>
      <div class={styles.acts}>
        <Button onClick={() => void end()}>{t('visitor.link.end')}</Button>
      </div>
    </>
  )
}
