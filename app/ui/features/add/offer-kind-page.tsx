import { Navigate, useParams } from '@solidjs/router'
import { createSignal, type JSX, Show, useContext } from 'solid-js'
import type { Contact } from '#app/core/people-session.ts'
import type { RequestFailure } from '#app/core/request-session.ts'
import type { EntryDetail, EntryId } from '#schema/record/entry.ts'
import { SECTIONS } from '#schema/record/sections.ts'
import { ADDITION_KINDS } from '#schema/requests/addition-kinds.ts'
import { t } from '../../language/language.ts'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { requestFailureWords } from '../../record/messages/request-words.ts'
import { titleOf } from '../../record/words.ts'
import { type RecordView, SessionContext, createWatch, useRecordPath, useSession } from '../../session.ts'
import { type EntryDoor, EntryDoorContext } from './entry-door.ts'
import { EntryFormFor } from './entry-form.tsx'
import { OfferTo } from './offer-to.tsx'

/** The form for an entry of the kind in the address, for somebody else's record: it goes to them, and waits there. */
export function OfferKindPage() {
  const to = useRecordPath()
  const params = useParams()
  const kind = () => ADDITION_KINDS.find(each => each === params.kind)
  return (
    <Show when={kind()} keyed fallback={<Navigate href={to(`/patients/${params.contactId}/write`)} />}>
      {chosen => (
        <OfferTo contactId={params.contactId ?? ''}>
          {contact => (
            <Offer contact={contact()} title={t('addition.writeKind', { kind: t(`kind.${chosen}`) })}>
              <EntryFormFor kind={chosen} />
            </Offer>
          )}
        </OfferTo>
      )}
    </Show>
  )
}

/** A medicine that they share, as it is to be from now on. */
export function OfferChangePage() {
  const to = useRecordPath()
  const params = useParams()
  const session = useSession()
  const [shareId, id] = [params.shareId ?? '', (params.entryId ?? '') as EntryId]
  const told = createWatch<{ readonly entry: EntryDetail | undefined }>(listener =>
    session.watchShared(shareId, 'watchEntry', [id], ((entry: EntryDetail | undefined) => listener({ entry })) as (
      told: never,
    ) => void),
  )
  const medicine = () => {
    const entry = told()?.entry
    const fields = entry?.fields ?? entry?.correctionDraft
    return entry !== undefined && fields?.kind === 'medicine' ? { fields, title: titleOf(entry.summary) } : undefined
  }
  return (
    <OfferTo contactId={params.contactId ?? ''}>
      {contact => (
        <Show
          when={medicine()}
          keyed
          fallback={
            <Page title={t('addition.window')} back={{ href: to('/patients'), label: t('patients.title') }} narrow>
              <Show when={told()} fallback={<output>{t('app.loading')}</output>}>
                <Notice>{t('addition.noMedicine')}</Notice>
              </Show>
            </Page>
          }
        >
          {known => (
            <Offer
              contact={contact()}
              title={t('addition.change', { medicine: known.title })}
              changes={{ entryId: id, title: known.title }}
              base={to(`/shared/${shareId}`)}
            >
              <EntryFormFor kind="medicine" fields={known.fields} />
            </Offer>
          )}
        </Show>
      )}
    </OfferTo>
  )
}

/** A form whose entry goes to somebody, to be accepted. */
function Offer(props: {
  readonly contact: Contact
  readonly title: string
  readonly changes?: { readonly entryId: EntryId; readonly title: string }
  /** Of what is theirs nothing is kept as a draft. */
  readonly base?: string
  readonly children: JSX.Element
}) {
  const to = useRecordPath()
  const session = useSession()
  const state = useContext(SessionContext)
  if (state === undefined) throw new Error('Cannot offer an entry: no SessionProvider stands above this component')
  const [failure, setFailure] = createSignal<RequestFailure>()
  const key = crypto.randomUUID()
  const door: EntryDoor = {
    act: 'addition.send',
    async give(entries) {
      setFailure()
      let path = to('/messages')
      for (const [index, entry] of entries.entries()) {
        const data = { entry, ...(props.changes === undefined ? {} : { changes: props.changes }) }
        const { contactId } = props.contact
        const opened = await session.openRequest({ kind: 'addition', contactId, key: `${key}/${index}`, data })
        if (!opened.ok) return void setFailure(opened.failure)
        const { conversationId, requestId } = opened.value
        path = to(`/messages/${conversationId}/request/${requestId}`)
      }
      return { path, words: t('addition.sent', { name: props.contact.name }) }
    },
  }
  const view = (): RecordView => ({
    base: props.base ?? '',
    shared: {
      recordName: () => props.contact.name,
      sections: () => SECTIONS,
      // Nothing of theirs is open to this person by it, and no file goes along.
      mayChange: () => false,
      sharedBy: () => props.contact.name,
      until: () => undefined,
      viewerName: () => '',
      keepCopy: async () => ({ ok: false, failure: { kind: 'not-found' } }),
      noteKept: async () => ({ ok: false, failure: { kind: 'not-found' } }),
    },
  })
  return (
    <Page
      title={props.title}
      windowTitle={t('addition.window')}
      lead={t('addition.waits', { name: props.contact.name })}
      back={{ href: to(`/patients/${props.contact.contactId}/write`), label: t('addition.window') }}
      narrow
    >
      <SessionContext.Provider value={{ ...state, view: view() }}>
        <EntryDoorContext.Provider value={door}>{props.children}</EntryDoorContext.Provider>
      </SessionContext.Provider>
      <Show when={failure()}>
        {failed => (
          <Notice tone="danger" alert>
            {requestFailureWords(failed())}
          </Notice>
        )}
      </Show>
    </Page>
  )
}
