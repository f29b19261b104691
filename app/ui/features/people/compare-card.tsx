import BadgeCheck from 'lucide-solid/icons/badge-check'
import { createMemo, createSignal, For, Match, Show, Switch } from 'solid-js'
import type { CompareFailure, Contact, SafetyNumber } from '#app/core/people-session.ts'
import { formatDay } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Notice } from '../../parts/notice.tsx'
import { showToast } from '../../parts/toast.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { FreshUnlockDialog } from '../../record/fresh-unlock-dialog.tsx'
import { saveFailureWords } from '../../record/words.ts'
import { useSession } from '../../session.ts'
import styles from './people.module.css'

const GROUP = 5

/** The number that only the two of them have in common, and what this person says about it. */
export function CompareCard(props: { readonly contact: Contact }) {
  const session = useSession()
  /** Of changed keys, which are not noted: nothing is taken until somebody decides. */
  const [saidSo, setSaidSo] = createSignal(false)
  const [isLookingAgain, setIsLookingAgain] = createSignal(false)
  const isDifferent = () => saidSo() || (props.contact.state === 'differs' && !isLookingAgain())
  const [failure, setFailure] = createSignal<CompareFailure>()
  const [otherCount, setOtherCount] = createSignal(0)
  // Asked anew when their keys may have changed: the state says so, or that another one than the one shown counts by now.
  const key = createMemo(() => `${props.contact.contactId} ${props.contact.state} ${otherCount()}`)
  const number = createAnswer(key, () => session.safetyNumber(props.contact.contactId))
  const [isAsking, setIsAsking] = createSignal(false)
  const mark = async (isCompared: boolean, passphrase?: string) => {
    setFailure()
    const digits = isCompared ? number()?.digits : undefined
    if (isCompared && digits === undefined) return false
    const marked = await session.markCompared(props.contact.contactId, digits, passphrase)
    if (!marked.ok && marked.failure.kind === 'wrong-passphrase') return false
    if (!marked.ok) notMarked(marked.failure)
    else if (isCompared) showToast({ message: t('compare.thanks', { name: props.contact.name }) })
    return marked.ok
  }
  const notMarked = (why: CompareFailure) => {
    setFailure(why)
    if (why.kind === 'other-number') setOtherCount(count => count + 1)
  }
  const isDone = () => !isDifferent() && props.contact.state !== 'changed' && props.contact.comparedAt !== undefined
  const differ = async () => {
    setFailure()
    const digits = number()?.digits
    if (digits === undefined) return
    const marked = await session.markDiffering(props.contact.contactId, digits)
    if (!marked.ok) return notMarked(marked.failure)
    setIsLookingAgain(false)
    setSaidSo(props.contact.state === 'changed')
  }
  const lookAgain = () => {
    setSaidSo(false)
    setIsLookingAgain(true)
  }
  return (
    <Card title={t(isDone() ? 'compare.title.done' : 'compare.title')} icon={<BadgeCheck />}>
      <Switch>
        <Match when={isDifferent()}>
          <Differs onBack={lookAgain} />
        </Match>
        <Match when={props.contact.state !== 'changed' && props.contact.comparedAt}>
          {at => (
            <>
              <p>{t('compare.done', { date: formatDay(at()), name: props.contact.name })}</p>
              <details class={styles.disclosure}>
                <summary>{t('compare.show')}</summary>
                <div>
                  <Numbers number={number()} />
                  <Button onClick={() => void mark(false)}>{t('compare.undo')}</Button>
                </div>
              </details>
            </>
          )}
        </Match>
        <Match when={true}>
          <p>{t('compare.why')}</p>
          <Numbers number={number()} />
          <div class={styles.acts}>
            <Button
              tone="primary"
              onClick={() => (props.contact.state === 'changed' ? setIsAsking(true) : void mark(true))}
            >
              {t('compare.same')}
            </Button>
            <Button onClick={() => void differ()}>{t('compare.differ')}</Button>
          </div>
        </Match>
      </Switch>
      <FreshUnlockDialog
        open={isAsking()}
        onClose={() => setIsAsking(false)}
        title={t('compare.same')}
        act={t('fresh.keys.act')}
        onUnlock={async passphrase => ((await mark(true, passphrase)) || failure() ? undefined : 'wrong-passphrase')}
      >
        {t('fresh.keys.text', { name: props.contact.name })}
      </FreshUnlockDialog>
      <Show when={failure()}>
        {failed => (
          <Notice tone="danger" alert>
            {compareFailureWords(failed())}
          </Notice>
        )}
      </Show>
    </Card>
  )
}

function compareFailureWords(failure: CompareFailure): string {
  return failure.kind === 'other-number' ? t('compare.other') : saveFailureWords(failure)
}

/** Always Latin digits and English words, from left to right: both must see the same signs. */
function Numbers(props: { readonly number: SafetyNumber | undefined }) {
  const groups = () => {
    const digits = props.number?.digits ?? ''
    return Array.from({ length: digits.length / GROUP }, (_, at) => digits.slice(at * GROUP, (at + 1) * GROUP))
  }
  return (
    <Show when={props.number}>
      {number => (
        <>
          <ol class={styles.digits} dir="ltr" aria-label={t('compare.digits')}>
            <For each={groups()}>{group => <li>{group}</li>}</For>
          </ol>
          <details class={styles.disclosure}>
            <summary>{t('compare.asWords')}</summary>
            <ol class={styles.spoken} lang="en" dir="ltr" aria-label={t('compare.words')}>
              <For each={number().words}>{word => <li>{word}</li>}</For>
            </ol>
          </details>
        </>
      )}
    </Show>
  )
}

function Differs(props: { readonly onBack: () => void }) {
  return (
    <Notice
      tone="danger"
      title={t('compare.differ.title')}
      alert
      actions={<Button onClick={() => props.onBack()}>{t('compare.differ.back')}</Button>}
    >
      <ol class={styles.steps}>
        <li>{t('compare.differ.same')}</li>
        <li>{t('compare.differ.anew')}</li>
        <li>{t('compare.differ.between')}</li>
      </ol>
    </Notice>
  )
}
