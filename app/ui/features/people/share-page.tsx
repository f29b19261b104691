import { type RouteSectionProps, useNavigate, useParams, useSearchParams } from '@solidjs/router'
import { createMemo, createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import type { Contact, People } from '#app/core/people-session.ts'
import type { ShareFailure } from '#app/core/share-session.ts'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { createWatch, useSession, useRecordPath, useRecordView } from '../../session.ts'
import { createShareDraft, type ShareForm } from './create-share-draft.ts'
import { NEW_SHARE } from './draft-share.ts'
import { NotCompared } from './not-compared.tsx'
import styles from './people.module.css'
import { SectionChoice } from './section-choice.tsx'
import { ConfirmStep, HowStep } from './share-steps.tsx'
import { EntryPreview, makePreviewPlace, SharePreview } from './share-preview.tsx'

const STEPS = 4

/** Share sections with somebody: what, how, the preview, the passphrase. Nothing is sent before the last press. */
export function SharePage(props: RouteSectionProps) {
  const to = useRecordPath()
  const params = useParams()
  const session = useSession()
  const people = createWatch<People>(listener => session.watchPeople(listener))
  const contact = createMemo(() => people()?.contacts.find(one => one.contactId === params.contactId))
  const back = () => ({ href: to(`/people/${params.contactId}`) })
  return (
    <Show when={people()} fallback={<Page title={t('app.loading')}>{''}</Page>}>
      <Show
        when={contact()?.state === 'known' && contact()}
        fallback={
          <Page title={t('share.window')} back={back()} narrow>
            <Notice>{t('share.notReady', { name: contact()?.name ?? '' })}</Notice>
          </Page>
        }
      >
        {known => <Wizard contact={known()}>{props.children}</Wizard>}
      </Show>
    </Show>
  )
}

/** `children`: the page of an entry that was opened in the preview. */
function Wizard(props: { readonly contact: Contact; readonly children: JSX.Element }) {
  const to = useRecordPath()
  const navigate = useNavigate()
  const { kept } = useRecordView()
  const manage = () => `/people/${props.contact.contactId}/manage`
  const place = makePreviewPlace()
  const session = useSession()
  const form = createShareDraft(session, NEW_SHARE)
  const [params, setParams] = useSearchParams<{ step?: string }>()
  const [isSent, setIsSent] = createSignal(false)
  const [failure, setFailure] = createSignal<ShareFailure>()
  const [isWorking, setIsWorking] = createSignal(false)
  // After a reload nothing is chosen: the address alone leads to no later step.
  const step = () => (form.draft().sections.length === 0 ? 1 : Math.min(Math.max(Number(params.step ?? 1), 1), STEPS))
  const next = () => setParams({ step: step() + 1 }, { scroll: true })
  const send = async (passphrase: string) => {
    const { sections, role, withHistory } = form.draft()
    const until = form.until()
    if (until === undefined) return setFailure({ kind: 'in-the-past' })
    const { contactId } = props.contact
    setIsWorking(true)
    setFailure()
    const end = until === null ? {} : { until }
    const shared = await session.share({ contactId, sections, role, withHistory, passphrase, ...end })
    setIsWorking(false)
    if (shared.ok) setIsSent(true)
    else setFailure(shared.failure)
  }
  const page = () => to(`/people/${props.contact.contactId}`)
  const preview = () => {
    const base = `${page()}/share`
    const { sections } = form.draft()
    return { sections, until: form.until() ?? undefined, base, backHref: `${base}?step=3` }
  }
  const route = useParams()
  const isEntry = () => route.id !== undefined && form.draft().sections.length > 0
  const frame = () => ({
    windowTitle: t('share.window'),
    back: { href: step() === 1 ? page() : `${page()}/share?step=${step() - 1}` },
    narrow: true,
  })
  const title = () => t('share.title', { name: props.contact.name })
  const lead = () => t('share.step', { step: step(), steps: STEPS })
  return (
    <Switch>
      <Match when={isSent()}>
        <Sent contact={props.contact} />
      </Match>
      <Match when={isEntry()}>
        <EntryPreview preview={preview()} contactName={props.contact.name} place={place}>
          {props.children}
        </EntryPreview>
      </Match>
      <Match when={step() === 1}>
        <Page {...frame()} title={title()} lead={lead()}>
          <NotCompared contact={props.contact} />
          <WhatStep form={form} onNext={next} />
          <Show when={kept === undefined}>
            <Manage href={manage()} />
          </Show>
        </Page>
      </Match>
      <Match when={step() === 2}>
        <Page {...frame()} title={title()} lead={lead()}>
          <HowStep form={form} onNext={next} onManage={kept === undefined ? () => navigate(manage()) : undefined} />
        </Page>
      </Match>
      <Match when={step() === 3}>
        <Page {...frame()} title={t('share.preview', { name: props.contact.name })} lead={lead()}>
          <p>{t('share.preview.text')}</p>
          <SharePreview form={form} preview={preview()} place={place} />
          <p class={styles.soft}>{t('share.preview.later')}</p>
          <div>
            <Button tone="primary" onClick={next}>
              {t('share.next')}
            </Button>
          </div>
        </Page>
      </Match>
      <Match when={step() === 4}>
        <Page {...frame()} title={t('share.confirm')} lead={lead()}>
          <NotCompared contact={props.contact} />
          <ConfirmStep
            name={props.contact.name}
            form={form}
            busy={isWorking()}
            failure={failure()}
            onSend={passphrase => void send(passphrase)}
          />
        </Page>
      </Match>
    </Switch>
  )
}

/** The whole record in place of sections: only of one's own. */
function Manage(props: { readonly href: string }) {
  return (
    <div>
      <p class={styles.soft}>{t('manage.link.text')}</p>
      <LinkButton href={props.href}>{t('manage.link')}</LinkButton>
    </div>
  )
}

function WhatStep(props: { readonly form: ShareForm; readonly onNext: () => void }) {
  const [hasTried, setHasTried] = createSignal(false)
  const isNothing = () => props.form.draft().sections.length === 0
  const submit = () => {
    setHasTried(true)
    if (!isNothing()) props.onNext()
  }
  return (
    <Show when={props.form.isReady()} fallback={<output>{t('app.loading')}</output>}>
      <Form
        onSubmit={submit}
        actions={
          <Button type="submit" tone="primary">
            {t('share.next')}
          </Button>
        }
      >
        <SectionChoice
          counts={props.form.counts()}
          chosen={props.form.draft().sections}
          onChange={sections => props.form.change({ sections })}
        />
        <Show when={hasTried() && isNothing()}>
          <p class={styles.error} role="alert">
            {t('share.nothingChosen')}
          </p>
        </Show>
      </Form>
    </Show>
  )
}

function Sent(props: { readonly contact: Contact }) {
  const to = useRecordPath()
  return (
    <Page title={t('share.sent.title', { name: props.contact.name })} windowTitle={t('share.window')} narrow>
      <Notice tone="success" alert>
        {t('share.sent.text')}
      </Notice>
      <div>
        <LinkButton tone="primary" href={to(`/people/${props.contact.contactId}`)}>
          {t('share.sent.see')}
        </LinkButton>
      </div>
    </Page>
  )
}
