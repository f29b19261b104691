import { useNavigate, useParams } from '@solidjs/router'
import { createMemo, Show } from 'solid-js'
import type { People } from '#app/core/people-session.ts'
import { t } from '../../language/language.ts'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { showToast } from '../../parts/toast.tsx'
import { createWatch, useSession } from '../../session.ts'
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
  const page = () => `/people/${params.contactId}`
  return (
    <Show when={people()} fallback={<Page title={t('app.loading')}>{''}</Page>}>
      <Show
        when={contact()}
        fallback={
          <Page title={t('manage.window')} back={{ href: page() }} narrow>
            <Notice>{t('share.notReady', { name: '' })}</Notice>
          </Page>
        }
      >
        {known => (
          <Page
            title={t('manage.title', { name: known().name })}
            windowTitle={t('manage.window')}
            lead={t('manage.lead')}
            back={{ href: page() }}
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
              contacts={[known()]}
              isOnlyOne
              session={session}
              act={t('manage.act')}
              warning={<Notice>{t('share.keep', { name: known().name })}</Notice>}
              mayEnd
              onDone={name => {
                showToast({ message: t('guardian.added', { name }) })
                navigate('/people')
              }}
            />
          </Page>
        )}
      </Show>
    </Show>
  )
}
