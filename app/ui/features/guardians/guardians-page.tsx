import { useNavigate } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import type { GuardianFailure, HandOver } from '#app/core/kept-session.ts'
import type { People } from '#app/core/people-session.ts'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { ConfirmDialog } from '../../parts/dialog.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { showToast } from '../../parts/toast.tsx'
import { GuardianList } from '../../record/guardian-list.tsx'
import { guardianFailureWords } from '../../record/guardian-words.ts'
import { createWatch, useOwnSession, useRecordPath, useRecordView, useSession } from '../../session.ts'
import { HandOverCard } from './hand-over-card.tsx'
import { LetIn } from './let-in.tsx'

/** Who acts in a kept record, and when it goes to whom it is about. */
export function GuardiansPage() {
  const to = useRecordPath()
  const session = useSession()
  const own = useOwnSession()
  const { kept } = useRecordView()
  const people = createWatch<People>(listener => own.watchPeople(listener))
  const handOver = createWatch<HandOver>(listener => session.watchHandOver(listener))
  const contacts = () => people()?.contacts.filter(one => one.state === 'known') ?? []
  const name = () => kept?.name() ?? ''
  return (
    <Page title={t('kept.guardians')} lead={t('guardian.lead', { name: name() })} narrow>
      <Card title={t('guardian.list')}>
        <GuardianList />
        <p>{t('guardian.both')}</p>
      </Card>
      <Card title={t('guardian.add')} fields>
        <Show when={contacts().length > 0} fallback={<NoContacts />}>
          <LetIn
            contacts={contacts()}
            session={session}
            act={t('guardian.add.act')}
            warning={<Notice tone="warning">{t('guardian.add.text', { name: name() })}</Notice>}
            mayEnd={false}
            onDone={who => showToast({ message: t('guardian.added', { name: who }) })}
          />
        </Show>
      </Card>
      <HandOverCard handOver={handOver()} name={name()} planHref={to('/hand-over')} />
      <Leave name={name()} keptId={to('').replace('/kept/', '')} />
      <div>
        <LinkButton href={to('/bin')}>{t('nav.bin')}</LinkButton>
      </div>
    </Page>
  )
}

function NoContacts() {
  return (
    <>
      <p>{t('guardian.noContacts')}</p>
      <div>
        <LinkButton href="/people">{t('people.invite')}</LinkButton>
      </div>
    </>
  )
}

function Leave(props: { readonly name: string; readonly keptId: string }) {
  const own = useOwnSession()
  const navigate = useNavigate()
  const [isAsking, setIsAsking] = createSignal(false)
  const [failure, setFailure] = createSignal<GuardianFailure>()
  const [isWorking, setIsWorking] = createSignal(false)
  const leave = async () => {
    setIsWorking(true)
    setFailure()
    const left = await own.leaveKept(props.keptId)
    setIsWorking(false)
    if (left.ok) navigate('/people')
    else setFailure(left.failure)
  }
  return (
    <div>
      <Button tone="plain" onClick={() => setIsAsking(true)}>
        {t('guardian.leave')}
      </Button>
      <ConfirmDialog
        open={isAsking()}
        onClose={() => setIsAsking(false)}
        title={t('guardian.leave')}
        act={t('guardian.leave.act')}
        danger
        busy={isWorking()}
        onConfirm={() => void leave()}
      >
        <p>{t('guardian.leave.text', { name: props.name })}</p>
        <Show when={failure()}>
          {failed => (
            <Notice tone="danger" alert>
              {guardianFailureWords(failed())}
            </Notice>
          )}
        </Show>
      </ConfirmDialog>
    </div>
  )
}
