import { useNavigate, useSearchParams } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import { createStore } from 'solid-js/store'
import type { KeepFailure, Relation } from '#app/core/kept-session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { localDateTime } from '../../record/fhir-date.ts'
import { useSession, useVault } from '../../session.ts'
import { STORE_MESSAGES } from '../../store-messages.ts'

const RELATIONS = ['child', 'parent', 'other', 'practice'] as const satisfies readonly Relation[]

interface Draft {
  readonly name: string
  readonly birth: string
  readonly relation: Relation
}

/** A new record for somebody else, or a practice where that was asked for; its words are shown next. */
export function KeepPage() {
  const vault = useVault()
  const [search] = useSearchParams()
  const forPractice = () => search['practice'] !== undefined
  const isSample = () => {
    const state = vault()
    return state.kind === 'open' && state.isSample
  }
  return (
    <Page
      title={t(forPractice() ? 'keep.practice' : 'keep.title')}
      lead={t(forPractice() ? 'keep.practice.lead' : 'keep.lead')}
      back={{ href: forPractice() ? '/patients' : '/' }}
      narrow
    >
      <Show when={!isSample()} fallback={<Notice>{t('people.notHere')}</Notice>}>
        <KeepForm forPractice={forPractice()} />
      </Show>
    </Page>
  )
}

function KeepForm(props: { readonly forPractice: boolean }) {
  const session = useSession()
  const navigate = useNavigate()
  const [draft, setDraft] = createStore<Draft>({
    name: '',
    birth: '',
    relation: props.forPractice ? 'practice' : 'child',
  })
  const [isTried, setIsTried] = createSignal(false)
  const [failure, setFailure] = createSignal<KeepFailure>()
  const [isWorking, setIsWorking] = createSignal(false)
  const today = localDateTime(new Date()).date
  const nameWrong = () => (isTried() && draft.name.trim() === '' ? t('field.needed') : undefined)
  const isPractice = () => draft.relation === 'practice'
  const birthWrong = () => {
    if (!isTried() || isPractice()) return undefined
    if (draft.birth === '') return t('field.needed')
    return draft.birth >= '1880-01-01' && draft.birth <= today ? undefined : t('create.dateWrong')
  }
  const submit = async () => {
    setIsTried(true)
    if (isWorking() || nameWrong() !== undefined || birthWrong() !== undefined) return
    setIsWorking(true)
    setFailure()
    const { name, relation } = draft
    const birth = isPractice() ? '' : draft.birth
    const made = await session.keepRecord({ personName: name.trim(), birthDate: birth, relation })
    setIsWorking(false)
    if (made.ok) navigate(`/kept/${made.value.keptId}/kit`)
    else setFailure(made.failure)
  }
  return (
    <Form
      onSubmit={submit}
      actions={
        <Button type="submit" tone="primary" busy={isWorking()}>
          {t(isPractice() ? 'keep.practice' : 'keep.submit')}
        </Button>
      }
    >
      <Show when={!props.forPractice}>
        <RadioGroup
          label={t('keep.relation')}
          value={draft.relation}
          options={RELATIONS.map(value => ({ value, label: t(`keep.relation.${value}`) }))}
          onChange={relation => setDraft({ relation })}
        />
      </Show>
      <TextField
        label={isPractice() ? t('keep.practice.name') : t('keep.name')}
        value={draft.name}
        onInput={name => setDraft({ name })}
        error={nameWrong()}
        autocomplete="off"
        maxLength={100}
      />
      <Show when={!isPractice()}>
        <TextField
          label={t('create.birth')}
          type="date"
          value={draft.birth}
          onInput={birth => setDraft({ birth })}
          error={birthWrong()}
          autocomplete="off"
          min="1880-01-01"
          max={today}
        />
      </Show>
      <Notice>{isPractice() ? t('keep.practice.what') : t('keep.what')}</Notice>
      <Show when={failure()}>
        {failed => (
          <Notice tone="danger" alert>
            {failureWords(failed())}
          </Notice>
        )}
      </Show>
    </Form>
  )
}

function failureWords(failure: KeepFailure): string {
  if (failure.kind === 'not-stored') return t(STORE_MESSAGES[failure.why])
  return t(failure.kind === 'locked' ? 'share.failed.locked' : 'share.failed.not-here')
}
