import { A } from '@solidjs/router'
import Bell from 'lucide-solid/icons/bell'
import BellOff from 'lucide-solid/icons/bell-off'
import Clock from 'lucide-solid/icons/clock'
import LogOut from 'lucide-solid/icons/log-out'
import { createSignal, Show } from 'solid-js'
import type { ThreadDetail } from '#app/core/message-session.ts'
import { formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { ConfirmDialog, Dialog } from '../../parts/dialog.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { showToast } from '../../parts/toast.tsx'
import { useSession, useSettings } from '../../session.ts'
import { messageFailureWords } from '../../record/messages/message-words.ts'
import styles from '../../record/messages/messages.module.css'

/** What can be done with a thread and its conversation beside writing. */
export function ThreadMore(props: { readonly thread: ThreadDetail }) {
  const session = useSession()
  const settings = useSettings()
  const [isEnding, setIsEnding] = createSignal(false)
  const isOver = () => props.thread.isOver
  const mute = async () => {
    const muted = await session.muteThread(props.thread, !props.thread.isMuted)
    if (!muted.ok) showToast({ message: messageFailureWords(muted.failure) })
  }
  const end = async () => {
    setIsEnding(false)
    const ended = await session.endConversation(props.thread.conversationId)
    showToast({ message: ended.ok ? t('thread.end.done') : messageFailureWords(ended.failure) })
  }
  return (
    <Card title={t('thread.more')}>
      <p class={styles.soft}>{t('thread.mute.text')}</p>
      <Show when={!isOver() && !props.thread.isWithVisitor}>
        <p class={styles.soft}>
          {t(settings().hidesRead ? 'thread.readUntold' : 'thread.readToo')}{' '}
          <A href="/settings">{t('thread.read.change')}</A>
        </p>
      </Show>
      <div class={styles.acts}>
        <Button
          icon={props.thread.isMuted ? <Bell size="1.25rem" /> : <BellOff size="1.25rem" />}
          onClick={() => void mute()}
        >
          {t(props.thread.isMuted ? 'thread.unmute' : 'thread.mute')}
        </Button>
        <Show when={props.thread.about === 'their-care' && !isOver()}>
          <AnswerTimes thread={props.thread} />
        </Show>
        <Show when={!isOver() && !props.thread.isWithVisitor}>
          <Button icon={<LogOut size="1.25rem" />} onClick={() => setIsEnding(true)}>
            {t(props.thread.isOpener ? 'thread.end' : 'thread.leave')}
          </Button>
        </Show>
      </div>
      <ConfirmDialog
        open={isEnding()}
        title={t('thread.end.title')}
        act={t('thread.end.act')}
        danger
        onConfirm={() => void end()}
        onClose={() => setIsEnding(false)}
      >
        <p>{t('thread.end.text', { names: formatList(props.thread.people) })}</p>
      </ConfirmDialog>
    </Card>
  )
}

/** What a provider says of how they answer. */
function AnswerTimes(props: { readonly thread: ThreadDetail }) {
  const session = useSession()
  const [isOpen, setIsOpen] = createSignal(false)
  const said = () => props.thread.answerTimes.find(({ by }) => by.type === 'you')?.text ?? ''
  const [text, setText] = createSignal('')
  const open = () => {
    setText(said())
    setIsOpen(true)
  }
  const save = async () => {
    const saved = await session.sayAnswerTimes(props.thread.conversationId, text())
    if (saved.ok) setIsOpen(false)
    else showToast({ message: messageFailureWords(saved.failure) })
  }
  return (
    <>
      <Button icon={<Clock size="1.25rem" />} onClick={open}>
        {t('message.answers.edit')}
      </Button>
      <Dialog
        open={isOpen()}
        onClose={() => setIsOpen(false)}
        title={t('message.answers.edit')}
        actions={
          <Button tone="primary" onClick={() => void save()}>
            {t('message.answers.save')}
          </Button>
        }
      >
        <TextField
          label={t('message.answers.text')}
          hint={t('message.answers.hint')}
          maxLength={200}
          value={text()}
          onInput={setText}
        />
      </Dialog>
    </>
  )
}
