import { createMemo, type JSX, Show } from 'solid-js'
import type { Contact, People } from '#app/core/people-session.ts'
import { t } from '../../language/language.ts'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { createWatch, useRecordPath, useSession } from '../../session.ts'

/** Around a page that writes for the record of somebody whom this person knows. */
export function OfferTo(props: {
  readonly contactId: string
  readonly children: (contact: () => Contact) => JSX.Element
}) {
  const to = useRecordPath()
  const session = useSession()
  const people = createWatch<People>(listener => session.watchPeople(listener))
  const contact = createMemo(() =>
    people()?.contacts.find(one => one.contactId === props.contactId && one.state === 'known'),
  )
  return (
    <Show
      when={contact()}
      fallback={
        <Page title={t('addition.window')} back={{ href: to('/patients'), label: t('patients.title') }} narrow>
          <Show when={people()} fallback={<output>{t('app.loading')}</output>}>
            <Notice>{t('contact.gone')}</Notice>
          </Show>
        </Page>
      }
    >
      {known => props.children(known)}
    </Show>
  )
}
