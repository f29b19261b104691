import { useNavigate } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import { createStore } from 'solid-js/store'
import { type Avatar, MAX_CIRCLE_NAME_CHARS, MAX_RULES_CHARS } from '#schema/messages/circle.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { useSession } from '../../session.ts'
import { keptSession } from '../../shell/kept-session.ts'
import { circleFailureWords } from './circle-words.ts'
import { makeAlias } from './make-alias.ts'
import { PseudonymFields, WhatOthersKnow } from './pseudonym-fields.tsx'

interface Draft {
  readonly name: string
  readonly rules: string
  readonly pseudonym: string
  readonly avatar: Avatar
}

/** A new circle, and as whom this person is in it. */
export function NewCirclePage() {
  const session = useSession()
  const navigate = useNavigate()
  const start: Draft = { name: '', rules: t('circle.rules.start'), pseudonym: '', avatar: 'squirrel' }
  const [draft, setDraft] = createStore<Draft>(start)
  const [isTried, setIsTried] = createSignal(false)
  const [isWorking, setIsWorking] = createSignal(false)
  const [failure, setFailure] = createSignal<string>()
  const needed = (text: string) => (isTried() && text.trim() === '' ? t('field.needed') : undefined)
  // One account, however often it is pressed.
  let keptId: string | undefined
  const key = crypto.randomUUID()
  const submit = async () => {
    setIsTried(true)
    if (isWorking() || draft.name.trim() === '' || draft.pseudonym.trim() === '') return
    setIsWorking(true)
    setFailure()
    const made = keptId === undefined ? await makeAlias(session, draft.pseudonym) : { ok: true as const, value: keptId }
    if (made.ok) {
      keptId = made.value
      const { name, rules, avatar } = draft
      const begun = await keptSession(session, keptId).beginCircle({ name, rules, avatar, key })
      if (begun.ok) return navigate(`/circles/${keptId}`, { replace: true })
      setFailure(circleFailureWords(begun.failure))
    } else setFailure(circleFailureWords(made.failure))
    setIsWorking(false)
  }
  return (
    <Page title={t('circle.new.title')} back={{ href: '/circles', label: t('circles.title') }} narrow>
      <Form
        onSubmit={submit}
        actions={
          <Button type="submit" tone="primary" busy={isWorking()}>
            {t('circle.new.submit')}
          </Button>
        }
      >
        <TextField
          label={t('circle.name')}
          hint={t('circle.name.hint')}
          value={draft.name}
          error={needed(draft.name)}
          onInput={name => setDraft({ name })}
          autocomplete="off"
          maxLength={MAX_CIRCLE_NAME_CHARS}
        />
        <TextField
          label={t('circle.rules')}
          hint={t('circle.rules.hint')}
          value={draft.rules}
          onInput={rules => setDraft({ rules })}
          multiline
          maxLength={MAX_RULES_CHARS}
        />
        <PseudonymFields
          name={draft.pseudonym}
          avatar={draft.avatar}
          error={needed(draft.pseudonym)}
          onName={pseudonym => setDraft({ pseudonym })}
          onAvatar={avatar => setDraft({ avatar })}
        />
        <WhatOthersKnow />
        <Show when={failure()}>
          {words => (
            <Notice tone="danger" alert>
              {words()}
            </Notice>
          )}
        </Show>
      </Form>
    </Page>
  )
}
