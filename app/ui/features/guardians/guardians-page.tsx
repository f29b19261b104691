import { useNavigate } from '@solidjs/router'
import Eye from 'lucide-solid/icons/eye'
import { createSignal, Show } from 'solid-js'
import type { GuardianFailure, Guardians, HandOver } from '#app/core/kept-session.ts'
import type { Patient } from '#app/core/patient-session.ts'
import type { People } from '#app/core/people-session.ts'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { ConfirmDialog } from '../../parts/dialog.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { showToast } from '../../parts/toast.tsx'
import { GuardianList } from '../../record/guardian-list.tsx'
import { GuardianFailed } from '../../record/guardian-failed.tsx'
import { givenUntilWords } from '../../record/share-words.ts'
import { isPracticeIn } from '../../record/is-practice.ts'
import { createWatch, useOwnSession, useRecordPath, useRecordView, useSession, useVault } from '../../session.ts'
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
  const patients = createWatch<readonly Patient[]>(listener => own.watchPatients(listener))
  // Somebody is the same contact in one's own account and in the practice's.
  const ofPractice = createWatch<readonly Patient[]>(listener => session.watchPatients(listener))
  const guardians = createWatch<Guardians>(listener => session.watchGuardians(listener))
  const contacts = () => people()?.contacts.filter(one => one.state === 'known') ?? []
  const isIn = (contactId: string) => guardians()?.guardians.some(one => one.contactId === contactId) === true
  const others = () => contacts().filter(one => !isIn(one.contactId))
  const isPatient = (contactId: string) =>
    [...(patients() ?? []), ...(ofPractice() ?? [])].some(one => one.contactId === contactId && one.state !== 'ended')
  const name = () => kept?.name() ?? ''
  const isManaged = () => kept?.isManaged() === true
  const vault = useVault()
  const isPractice = () => isPracticeIn(vault())
  const ownEnd = () => (isManaged() ? guardians()?.guardians.find(one => one.isThisOne)?.until : undefined)
  return (
    <Page
      title={isPractice() ? t('staff.title') : t('kept.guardians')}
      lead={isPractice() ? t('staff.lead', { name: name() }) : t('guardian.lead', { name: name() })}
      narrow
    >
      <Card title={t(isPractice() ? 'staff.list' : 'guardian.list')}>
        <GuardianList isOut={kept?.isOut() === true} />
        <Show when={kept?.isOut() !== true}>
          <p>{isManaged() ? t('manage.theirs', { name: name() }) : t(isPractice() ? 'staff.both' : 'guardian.both')}</p>
        </Show>
        <div>
          <LinkButton href={to('/who-looked')} icon={<Eye size="1.2rem" />}>
            {t('looks.see')}
          </LinkButton>
        </div>
      </Card>
      <Show when={kept?.isOut() !== true}>
        <Card title={t(isPractice() ? 'staff.add' : 'guardian.add')} fields>
          <Show when={others().length > 0} fallback={<NoContacts areAllIn={contacts().length > 0} />}>
            <LetIn
              contacts={others()}
              isOnlyOne={!isPractice() && contacts().length === 1}
              isPatient={contact => isPractice() && isPatient(contact.contactId)}
              session={session}
              act={t('guardian.add.act')}
              warning={
                <Notice tone="warning">
                  <p>{t(isPractice() ? 'staff.add.text' : 'guardian.add.text', { name: name() })}</p>
                  <Show when={ownEnd()}>
                    {until => <p>{t('manage.withYours', { until: givenUntilWords(until()) })}</p>}
                  </Show>
                </Notice>
              }
              mayEnd={false}
              onDone={who => showToast({ message: t('guardian.added', { name: who }) })}
            />
          </Show>
        </Card>
        <Show when={!isManaged() && !isPractice()}>
          <HandOverCard handOver={handOver()} name={name()} planHref={to('/hand-over')} />
        </Show>
      </Show>
      <Leave
        name={name()}
        keptId={to('').replace('/kept/', '')}
        isOut={kept?.isOut() === true}
        isManaged={isManaged()}
        isPractice={isPractice()}
      />
      <Show when={!isPractice()}>
        <div>
          <LinkButton href={to('/bin')}>{t('nav.bin')}</LinkButton>
        </div>
      </Show>
    </Page>
  )
}

function NoContacts(props: { readonly areAllIn: boolean }) {
  return (
    <>
      <p>{t(props.areAllIn ? 'guardian.allIn' : 'guardian.noContacts')}</p>
      <div>
        <LinkButton href="/people">{t('people.invite')}</LinkButton>
      </div>
    </>
  )
}

/** To who is out already nothing is left to leave but the copy. */
function Leave(props: {
  readonly name: string
  readonly keptId: string
  readonly isOut: boolean
  readonly isManaged: boolean
  readonly isPractice: boolean
}) {
  const own = useOwnSession()
  const navigate = useNavigate()
  const [isAsking, setIsAsking] = createSignal(false)
  const [failure, setFailure] = createSignal<GuardianFailure>()
  const [isWorking, setIsWorking] = createSignal(false)
  const title = () => {
    if (props.isOut) return t('kept.putAway.act')
    return t(props.isPractice ? 'staff.leave' : 'guardian.leave')
  }
  const leaveText = () => {
    if (props.isPractice) return t('staff.leave.text', { name: props.name })
    return t(props.isManaged ? 'manage.leave.text' : 'guardian.leave.text', { name: props.name })
  }
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
        {title()}
      </Button>
      <ConfirmDialog
        open={isAsking()}
        onClose={() => setIsAsking(false)}
        title={title()}
        act={t(props.isOut ? 'kept.putAway.act' : 'guardian.leave.act')}
        danger
        busy={isWorking()}
        onConfirm={() => void leave()}
      >
        <p>{props.isOut ? t('kept.putAway.text', { name: props.name }) : leaveText()}</p>
        <GuardianFailed failure={failure()} />
      </ConfirmDialog>
    </div>
  )
}
