import { createSignal, Show } from 'solid-js'
import type { PractiseFailure, WordsCheck } from '#app/core/session.ts'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { wordsIn } from '../../parts/draft-words.ts'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { WordsField } from '../../record/words-field.tsx'
import { useOwnSession, useVault } from '../../session.ts'
import { STORE_MESSAGES } from '../../store-messages.ts'

/** The words are typed from the paper as on the day on which they are needed; nothing changes by it. */
export function PracticePage() {
  const vault = useVault()
  const state = () => {
    const now = vault()
    return now.kind === 'open' ? now : undefined
  }
  return (
    <Page
      title={t('practice.title')}
      lead={state()?.isSample ? undefined : t('practice.lead')}
      back={{ href: '/settings' }}
      narrow
    >
      <Show when={!state()?.isSample} fallback={<OfSample />}>
        <Show
          when={state()?.kitConfirmed}
          fallback={
            <Notice actions={<LinkButton href="/kit">{t('kit.remind.act')}</LinkButton>}>
              {t('kit.remind.title')}
            </Notice>
          }
        >
          <Practice />
        </Show>
      </Show>
    </Page>
  )
}

/** What the page does in a record of one's own. */
function OfSample() {
  return (
    <Notice title={t('practice.sample')} actions={<LinkButton href="/settings">{t('nav.settings')}</LinkButton>}>
      {t('practice.sample.text')}
    </Notice>
  )
}

function Practice() {
  const session = useOwnSession()
  const [text, setText] = createSignal('')
  const [check, setCheck] = createSignal<WordsCheck>()
  const [failure, setFailure] = createSignal<PractiseFailure>()
  const [isDone, setDone] = createSignal(false)
  const [isWorking, setIsWorking] = createSignal(false)
  const words = () => wordsIn(text()).join(' ')
  const look = async () => setCheck(await session.checkWords(words()))
  const submit = async () => {
    setFailure()
    if (isWorking()) return
    setIsWorking(true)
    const practised = await session.practiseKit(words())
    setIsWorking(false)
    if (practised.ok) {
      setText('')
      return setDone(true)
    }
    if (practised.failure.kind === 'words') return setCheck(practised.failure.check)
    setFailure(practised.failure)
  }
  return (
    <Show when={!isDone()} fallback={<Done />}>
      <Form
        onSubmit={submit}
        actions={
          <Button type="submit" tone="primary" busy={isWorking()}>
            {t('practice.act')}
          </Button>
        }
      >
        <WordsField
          value={text()}
          onInput={typed => {
            setText(typed)
            setCheck()
          }}
          check={check()}
          onCheck={() => void look()}
        />
        <Show when={failureWords(failure())}>
          {said => (
            <Notice tone="danger" alert>
              {said()}
            </Notice>
          )}
        </Show>
      </Form>
      <Notice
        title={t('practice.lost.title')}
        actions={<LinkButton href="/backup">{t('practice.lost.act')}</LinkButton>}
      >
        <p>{t('practice.lost.text')}</p>
      </Notice>
    </Show>
  )
}

function Done() {
  return (
    <Notice
      tone="success"
      title={t('practice.done.title')}
      heading
      actions={<LinkButton href="/">{t('nav.notFound.home')}</LinkButton>}
    >
      <p>{t('practice.done.text')}</p>
    </Notice>
  )
}

/** Undefined for what is said beside the words. */
function failureWords(failure: PractiseFailure | undefined): string | undefined {
  switch (failure?.kind) {
    case 'other-record':
      return t('practice.other')
    case 'locked':
      return t('save.locked')
    case 'not-stored':
      return t(STORE_MESSAGES[failure.why])
    case 'words':
    case undefined:
      return undefined
  }
}
