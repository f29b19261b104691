import { useNavigate, useParams } from '@solidjs/router'
import { createMemo, Show } from 'solid-js'
import type { Guardians } from '#app/core/kept-session.ts'
import type { Contact, People } from '#app/core/people-session.ts'
import { t } from '../../language/language.ts'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { showToast } from '../../parts/toast.tsx'
import { actsInWhole } from '../../record/guardian-words.ts'
import { createWatch, useSession } from '../../session.ts'
import { ChangeEnd } from './change-end.tsx'
import { LetIn } from './let-in.tsx'

/** Somebody is to manage one's own record: everything in it, and who else comes in. */
export function ManagePage() {
  const params = useParams()
  const session = useSession()
  const navigate = useNavigate()
  const people = createWatch<People>(listener => session.watchPeople(listener))
  const contact = createMemo(() =>
    people()?.contacts.find(one => one.contactId === params.contactId && one.state === 'known'),
  )
  const guardians = createWatch<Guardians>(listener => session.watchGuardians(listener))
  const acting = createMemo(() => actsInWhole(guardians()?.guardians ?? [], params.contactId ?? ''))
  // Whoever is let in here stays on this page until that is through.
  const wasIn = createMemo<boolean | undefined>(was => was ?? (guardians() && acting() !== undefined))
  const page = () => `/people/${params.contactId}`
  return (
    <Show when={people() && guardians()} fallback={<Page title={t('app.loading')}>{''}</Page>}>
      <Show
        when={contact()}
        fallback={
          <Page title={t('manage.window')} back={{ href: page() }} narrow>
            <Notice>{t('share.notReady', { name: '' })}</Notice>
          </Page>
        }
      >
        {known => (
          <Show when={wasIn() && acting()} fallback={<Offer contact={known()} back={page()} />}>
            {guardian => (
              <Page
                title={t('manage.change.title', { name: known().name })}
                windowTitle={t('manage.window')}
                lead={t('manage.change.lead')}
                back={{ href: page() }}
                narrow
              >
                <ChangeEnd
                  guardian={guardian()}
                  contactId={known().contactId}
                  onDone={() => {
                    showToast({ message: t('manage.changed', { name: known().name }) })
                    navigate(page())
                  }}
                />
              </Page>
            )}
          </Show>
        )}
      </Show>
    </Show>
  )
}

/** All that it includes, before it asks for the passphrase. */
function Offer(props: { readonly contact: Contact; readonly back: string }) {
  const session = useSession()
  const navigate = useNavigate()
  return (
    <Page
      title={t('manage.title', { name: props.contact.name })}
      windowTitle={t('manage.window')}
      lead={t('manage.lead')}
      back={{ href: props.back }}
      narrow
    >
      <Notice tone="warning" title={t('manage.everything')}>
        <ul>
          <li>{t('manage.sees')}</li>
          <li>{t('manage.changes')}</li>
          <li>{t('manage.lets')}</li>
          <li>{t('manage.others')}</li>
        </ul>
      </Notice>
      <LetIn
        contacts={[props.contact]}
        isOnlyOne
        session={session}
        act={t('manage.act')}
        warning={<Notice>{t('share.keep', { name: props.contact.name })}</Notice>}
        mayEnd
        onDone={name => {
          showToast({ message: t('guardian.added', { name }) })
          navigate('/people')
        }}
      />
    </Page>
  )
}
