import { useNavigate } from '@solidjs/router'
import { createEffect, createSignal, on, Show } from 'solid-js'
import type { Inviter } from '#app/core/people-session.ts'
import type { Avatar } from '#schema/messages/circle.ts'
import { parseRelayOrigin } from '#schema/relay-origin.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { meetFailureWords } from '../../record/meet-failure-words.ts'
import { useCircleInvitation, useSession } from '../../session.ts'
import { keptSession } from '../../shell/kept-session.ts'
import { ownRelay } from '../../own-relay.ts'
import { NAME_PLACE } from './asked.tsx'
import { circleFailureWords, readCircleLink } from './circle-words.ts'
import { AVATAR_PLACE } from './create-first-profile.ts'
import { makeAlias } from './make-alias.ts'
import { PseudonymFields, WhatOthersKnow } from './pseudonym-fields.tsx'

interface Found {
  readonly code: string
  readonly name: string
  readonly inviter: Inviter
}

/** Answers an invitation to a circle, with a name that is made for it. */
export function JoinCirclePage() {
  const session = useSession()
  const { circleInvitation, forgetCircleInvitation } = useCircleInvitation()
  const [text, setText] = createSignal('')
  const [found, setFound] = createSignal<Found>()
  const [failure, setFailure] = createSignal<string>()
  const [isLooking, setIsLooking] = createSignal(false)
  const look = async (given: string) => {
    const { code, name } = readCircleLink(given)
    setFailure()
    // Their cards do not say where their relay is, as that could tell who they are.
    const relay = parseRelayOrigin(given.trim())
    if (relay !== undefined && relay !== ownRelay()) {
      setFailure(meetFailureWords({ kind: 'other-relay' }))
      return
    }
    setIsLooking(true)
    const read = await session.readInvitation(code)
    setIsLooking(false)
    if (read.ok) setFound({ code, name, inviter: read.value })
    else setFailure(meetFailureWords(read.failure))
  }
  createEffect(
    on(circleInvitation, opened => {
      if (opened === undefined) return
      forgetCircleInvitation()
      setText(opened)
      void look(opened)
    }),
  )
  return (
    <Page title={t('circle.join.title')} back={{ href: '/circles', label: t('circles.title') }} narrow>
      <Show when={failure()}>
        {words => (
          <Notice tone="danger" alert>
            {words()}
          </Notice>
        )}
      </Show>
      <Show
        when={found()}
        fallback={
          <Form
            onSubmit={() => void look(text())}
            actions={
              <Button type="submit" tone="primary" busy={isLooking()}>
                {t('circle.join.look')}
              </Button>
            }
          >
            <TextField
              label={t('circle.join.paste')}
              value={text()}
              onInput={setText}
              spellcheck={false}
              autocomplete="off"
            />
          </Form>
        }
      >
        {invitation => <Answer found={invitation()} />}
      </Show>
    </Page>
  )
}

function Answer(props: { readonly found: Found }) {
  const session = useSession()
  const navigate = useNavigate()
  const [name, setName] = createSignal('')
  const [avatar, setAvatar] = createSignal<Avatar>('squirrel')
  const [isTried, setIsTried] = createSignal(false)
  const [isWorking, setIsWorking] = createSignal(false)
  const [failure, setFailure] = createSignal<string>()
  let keptId: string | undefined
  const submit = async () => {
    setIsTried(true)
    if (isWorking() || name().trim() === '') return
    setIsWorking(true)
    setFailure()
    const made = keptId === undefined ? await makeAlias(session, name()) : { ok: true as const, value: keptId }
    if (made.ok) {
      keptId = made.value
      const room = keptSession(session, keptId)
      // Said once somebody lets them in.
      await room.keepDraft(AVATAR_PLACE, avatar())
      await room.keepDraft(NAME_PLACE, props.found.name)
      const accepted = await room.acceptInvitation(props.found.code)
      if (accepted.ok) return navigate('/circles', { replace: true })
      setFailure(meetFailureWords(accepted.failure))
    } else setFailure(circleFailureWords(made.failure))
    setIsWorking(false)
  }
  return (
    <Form
      onSubmit={submit}
      actions={
        <Button type="submit" tone="primary" busy={isWorking()}>
          {t('circle.join.submit')}
        </Button>
      }
    >
      <div>
        <Show when={props.found.name !== ''}>
          <p>{t('circle.join.called', { name: props.found.name })}</p>
        </Show>
        <p>{t('circle.join.from', { name: props.found.inviter.name })}</p>
      </div>
      <PseudonymFields
        name={name()}
        avatar={avatar()}
        error={isTried() && name().trim() === '' ? t('field.needed') : undefined}
        onName={setName}
        onAvatar={setAvatar}
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
  )
}
