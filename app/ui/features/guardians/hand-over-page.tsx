import { useNavigate } from '@solidjs/router'
import { createMemo, createSignal, For, Show } from 'solid-js'
import { createStore } from 'solid-js/store'
import type { GuardianFailure, Guardians } from '#app/core/kept-session.ts'
import type { People } from '#app/core/people-session.ts'
import type { Shares } from '#app/core/share-session.ts'
import { type Section, SECTIONS } from '#schema/record/sections.ts'
import { formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { CheckField } from '../../parts/check-field.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { PassphraseField } from '../../parts/passphrase-field.tsx'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { localDateTime } from '../../record/fhir-date.ts'
import { GuardianFailed } from '../../record/guardian-failed.tsx'
import { keepsWords } from '../../record/guardian-words.ts'
import { isGoing } from '../../record/share-words.ts'
import {
  createWatch,
  useOwnSession,
  useRecordPath,
  useRecordView,
  useSession,
  useTrueNow,
  useVault,
} from '../../session.ts'
import { ContactChoice, createContactChoice } from './contact-choice.tsx'
import { eighteenth, endOf, endsBefore, startOf, type TermDraft, termsOf } from './draft-hand-over.ts'

type Kept = Pick<TermDraft, 'role' | 'sections' | 'lastDay'>
const NOTHING: Kept = { role: 'read', sections: [], lastDay: '' }

/** When the record goes to whom it is about, to which of one's contacts, and what each guardian keeps. */
export function HandOverPage() {
  const to = useRecordPath()
  const own = useOwnSession()
  const { kept } = useRecordView()
  const people = createWatch<People>(listener => own.watchPeople(listener))
  const session = useSession()
  const guardians = createWatch<Guardians>(listener => session.watchGuardians(listener))
  // A guardian is somebody else than whom the record is about.
  const isGuardian = (contactId: string) =>
    guardians()?.guardians.some(one => one.contactId === contactId && one.purpose === 'guardian') ?? false
  const compared = createMemo(() =>
    (people()?.contacts ?? []).filter(({ state, comparedAt }) => state === 'known' && comparedAt !== undefined),
  )
  const contacts = createMemo(() => compared().filter(({ contactId }) => !isGuardian(contactId)))
  return (
    <Page
      title={t('handOver.title')}
      lead={t('handOver.lead', { name: kept?.name() ?? '' })}
      back={{ href: to('/guardians') }}
      narrow
    >
      <Show when={guardians() && people()} fallback={<output>{t('app.loading')}</output>}>
        <Show
          when={contacts().length > 0}
          fallback={
            <Notice actions={<LinkButton href="/people">{t('nav.people')}</LinkButton>}>
              {t('handOver.noContact', { name: kept?.name() ?? '' })}
            </Notice>
          }
        >
          <PlanForm contacts={contacts()} isOnlyOne={compared().length === 1} />
        </Show>
      </Show>
    </Page>
  )
}

function PlanForm(props: { readonly contacts: People['contacts']; readonly isOnlyOne: boolean }) {
  const to = useRecordPath()
  const session = useSession()
  const navigate = useNavigate()
  const vault = useVault()
  const guardians = createWatch<Guardians>(listener => session.watchGuardians(listener))
  const today = localDateTime(new Date(useTrueNow()())).date
  const birth = () => {
    const state = vault()
    return state.kind === 'open' ? state.birthDate : ''
  }
  const { kept: record } = useRecordView()
  const { chosen, choose } = createContactChoice(
    () => props.contacts,
    () => record?.name() ?? '',
    () => props.isOnlyOne,
  )
  const [hasTried, setHasTried] = createSignal(false)
  const [date, setDate] = createSignal(eighteenth(birth(), today))
  const [kept, setKept] = createStore<Record<string, Kept>>({})
  const [passphrase, setPassphrase] = createSignal('')
  const [failure, setFailure] = createSignal<GuardianFailure>()
  const [isWorking, setIsWorking] = createSignal(false)
  const [isTooShort, setIsTooShort] = createSignal(false)
  const takerName = () => chosen()?.name ?? record?.name() ?? ''
  const drafts = createMemo((): TermDraft[] =>
    (guardians()?.guardians ?? [])
      .filter(one => one.state === 'active' && one.purpose !== 'hand-over')
      .map(({ deviceId, name }) => ({ deviceId, name, ...NOTHING, ...kept[deviceId] })),
  )
  const submit = async () => {
    const contactId = chosen()?.contactId
    setHasTried(true)
    const at = startOf(date())
    if (isWorking() || contactId === undefined) return
    if (at === undefined) return setFailure({ kind: 'in-the-past' })
    setIsTooShort(endsBefore(drafts(), date()))
    if (isTooShort()) return
    setIsWorking(true)
    setFailure()
    const planned = await session.planHandOver({ contactId, at, terms: termsOf(drafts()), passphrase: passphrase() })
    setIsWorking(false)
    if (planned.ok) navigate(to('/guardians'))
    else setFailure(planned.failure)
  }
  const isWrong = () => failure()?.kind === 'wrong-passphrase'
  return (
    <Form
      onSubmit={submit}
      actions={
        <Button type="submit" tone="primary" busy={isWorking()}>
          {t('handOver.submit')}
        </Button>
      }
    >
      <ContactChoice
        label={t('handOver.who')}
        contacts={props.contacts}
        chosen={chosen()}
        isMissing={hasTried()}
        onChoose={choose}
      />
      <TextField
        label={t('handOver.day')}
        hint={t('handOver.dayHint')}
        type="date"
        min={today}
        value={date()}
        onInput={setDate}
        error={failure()?.kind === 'in-the-past' ? t('share.date.needed') : undefined}
      />
      <For each={drafts().map(draft => draft.deviceId)}>
        {id => (
          <TermFields
            draft={drafts().find(draft => draft.deviceId === id) ?? { deviceId: id, name: '', ...NOTHING }}
            takerName={takerName()}
            firstDay={date()}
            isTooShort={isTooShort()}
            onChange={part => setKept(id, { ...NOTHING, ...kept[id], ...part })}
          />
        )}
      </For>
      <WhoSees drafts={drafts()} takerName={takerName()} />
      <PassphraseField
        label={t('share.passphrase')}
        value={passphrase()}
        onInput={setPassphrase}
        error={isWrong() ? t('share.failed.wrong-passphrase') : undefined}
      />
      <GuardianFailed failure={!isWrong() && failure()?.kind !== 'in-the-past' && failure()} />
    </Form>
  )
}

/** Said before it is signed: who sees the record afterwards, until when, and who does not any more. */
function WhoSees(props: { readonly drafts: readonly TermDraft[]; readonly takerName: string }) {
  const session = useSession()
  const shares = createWatch<Shares>(listener => session.watchShares(listener))
  const others = createMemo(() => [
    ...new Set(
      shares()
        ?.given.filter(isGoing)
        .map(share => share.contactName),
    ),
  ])
  const termOf = ({ name, role, sections, lastDay }: TermDraft) => {
    const until = endOf(lastDay)
    return { name, role, sections, ...(until === undefined ? {} : { until }) }
  }
  return (
    <Notice tone="warning" title={t('handOver.sees', { name: props.takerName })}>
      <ul>
        <li>{t('handOver.seesAll', { name: props.takerName })}</li>
        <For each={props.drafts}>{draft => <li>{keepsWords(termOf(draft), props.takerName)}</li>}</For>
        <Show when={others().length > 0}>
          <li>{t('handOver.othersOut', { names: formatList(others()) })}</li>
        </Show>
      </ul>
    </Notice>
  )
}

/** Nothing is chosen at first: what a guardian keeps is for somebody to decide. */
function TermFields(props: {
  readonly draft: TermDraft
  readonly takerName: string
  readonly firstDay: string
  readonly isTooShort: boolean
  readonly onChange: (part: Partial<Kept>) => void
}) {
  const toggle = (section: Section, isOn: boolean) =>
    props.onChange({
      sections: SECTIONS.filter(one => (one === section ? isOn : props.draft.sections.includes(one))),
    })
  return (
    <Card title={t('handOver.keepsWhat', { name: props.draft.name })} fields>
      <details open={props.draft.sections.length > 0}>
        <summary>{t('handOver.chosen', { count: props.draft.sections.length })}</summary>
        <For each={SECTIONS}>
          {section => (
            <CheckField
              label={t(`section.${section}`)}
              checked={props.draft.sections.includes(section)}
              onChange={isOn => toggle(section, isOn)}
            />
          )}
        </For>
      </details>
      <Show when={props.draft.sections.length > 0}>
        <RadioGroup
          label={t('share.role')}
          value={props.draft.role}
          options={(['read', 'write'] as const).map(value => ({ value, label: t(`share.role.${value}`) }))}
          onChange={role => props.onChange({ role })}
        />
        <TextField
          label={t('handOver.lastDay')}
          hint={t('handOver.lastDayHint', { name: props.takerName })}
          type="date"
          min={props.firstDay}
          value={props.draft.lastDay}
          onInput={lastDay => props.onChange({ lastDay })}
          error={
            props.isTooShort && endsBefore([props.draft], props.firstDay) ? t('handOver.lastDayTooEarly') : undefined
          }
        />
      </Show>
    </Card>
  )
}
