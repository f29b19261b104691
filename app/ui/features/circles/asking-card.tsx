import { createSignal, Show } from 'solid-js'
import type { AsksIn } from '#app/core/circle-session.ts'
import { formatTime } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { KeyedFor } from '../../parts/keyed-for.tsx'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { useSession } from '../../session.ts'
import { useCircle } from './circle-context.ts'
import styles from './circles.module.css'
import { leaveFocus } from './leave-focus.ts'
import { tell } from './tell.ts'

/** Who answered an invitation, for whoever started the circle to decide. */
export function AskingCard() {
  const circle = useCircle()
  return (
    <Card title={t('circle.asking')}>
      <ul class={styles.list}>
        <KeyedFor each={circle().asking} keyOf={one => one.contactId}>
          {one => <AskingRow one={one()} />}
        </KeyedFor>
      </ul>
    </Card>
  )
}

function AskingRow(props: { readonly one: AsksIn }) {
  const session = useSession()
  const circle = useCircle()
  const [isChoosing, setIsChoosing] = createSignal(false)
  let row: HTMLLIElement | undefined
  leaveFocus(() => row)
  const named = () => ({ name: props.one.name })
  const others = () => circle().members.filter(one => one.role !== 'owner')
  return (
    <li class={styles.said} ref={row}>
      <span class={styles.lines}>
        <strong>
          <bdi>{props.one.name}</bdi>
        </strong>
        <Show when={props.one.forWhom}>
          {note => <span class={styles.soft}>{t('circle.asking.for', { note: note() })}</span>}
        </Show>
        <span class={styles.soft}>{t('circle.asking.since', { date: formatTime(props.one.askedAt) })}</span>
        <Show when={props.one.isAlike}>
          <span>{t('circle.asking.alike', named())}</span>
        </Show>
      </span>
      <span class={styles.acts}>
        <Button
          tone="primary"
          aria-label={t('circle.letIn.name', named())}
          onClick={() => void tell(session.letIn(props.one.contactId))}
        >
          {t('circle.letIn')}
        </Button>
        <Show when={others().length > 0}>
          <Button aria-label={t('circle.again.name', named())} onClick={() => setIsChoosing(true)}>
            {t('circle.again')}
          </Button>
          <InPlaceOf one={props.one} open={isChoosing()} onClose={() => setIsChoosing(false)} />
        </Show>
        <Button
          aria-label={t('circle.turnAway.name', named())}
          onClick={() => void session.removeContact(props.one.contactId)}
        >
          {t('circle.turnAway')}
        </Button>
      </span>
    </li>
  )
}

/** Whoever lost their keys comes with others, and nobody but who starts a circle can say that they are the same person. */
function InPlaceOf(props: { readonly one: AsksIn; readonly open: boolean; readonly onClose: () => void }) {
  const session = useSession()
  const circle = useCircle()
  const [chosen, setChosen] = createSignal<string>()
  const others = () => circle().members.filter(one => one.role !== 'owner')
  // Most come back with the name that they had.
  const likely = () => others().find(one => one.id === props.one.namesake)
  const member = () => others().find(one => one.id === chosen()) ?? likely()
  const letIn = async (memberId: string) => {
    if (await tell(session.letIn(props.one.contactId, memberId))) props.onClose()
  }
  return (
    <Dialog
      open={props.open}
      onClose={() => props.onClose()}
      title={t('circle.again.title', { name: props.one.name })}
      actions={
        <Show when={member()}>
          {former => (
            <Button tone="primary" onClick={() => void letIn(former().id)}>
              {t('circle.again.do', { name: former().name })}
            </Button>
          )}
        </Show>
      }
    >
      <p>{t('circle.again.text')}</p>
      <RadioGroup
        label={t('circle.again.who')}
        value={member()?.id}
        options={others().map(one => ({ value: one.id, label: one.name }))}
        onChange={setChosen}
      />
    </Dialog>
  )
}
