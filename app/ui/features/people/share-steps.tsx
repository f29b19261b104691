import { createSignal, Show } from 'solid-js'
import type { ShareFailure, ShareRole } from '#app/core/share-session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { PassphraseField } from '../../parts/passphrase-field.tsx'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { givenUntilWords, sectionNames } from '../../record/share-words.ts'
import { createPast } from './create-past.ts'
import type { ShareForm } from './create-share-draft.ts'
import styles from './people.module.css'
import { PastEnds } from './past-ends.tsx'
import { ShareFailed } from '../../record/share-failed.tsx'
import { UntilChoice } from '../../record/until-choice.tsx'

const ROLES = ['read', 'write'] as const satisfies readonly ShareRole[]

/** For how long, what they may do, and what of the past. `onManage`: they are to manage the whole record, which asks for other things. */
export function HowStep(props: {
  readonly form: ShareForm
  readonly onNext: () => void
  readonly onManage: (() => void) | undefined
}) {
  const [isManage, setIsManage] = createSignal(false)
  const roles = () => (props.onManage === undefined ? ROLES : ([...ROLES, 'manage'] as const))
  const [hasTried, setHasTried] = createSignal(false)
  const isWrong = () => props.form.until() === undefined
  const submit = () => {
    if (isManage()) return props.onManage?.()
    setHasTried(true)
    if (!isWrong()) props.onNext()
  }
  return (
    <Form
      onSubmit={submit}
      actions={
        <Button type="submit" tone="primary">
          {t('share.next')}
        </Button>
      }
    >
      <Show when={!isManage()}>
        <UntilChoice
          mayBeOpen
          draft={props.form.draft()}
          isDateWrong={hasTried() && isWrong()}
          onChange={part => props.form.change(part)}
        />
      </Show>
      <RadioGroup
        label={t('share.role')}
        value={isManage() ? 'manage' : props.form.draft().role}
        options={roles().map(role => ({
          value: role,
          label: t(`share.role.${role}`),
          about: t(`share.role.${role}.about`),
        }))}
        onChange={role => {
          setIsManage(role === 'manage')
          if (role !== 'manage') props.form.change({ role })
        }}
      />
      <Show when={!isManage()}>
        <HistoryChoice form={props.form} />
      </Show>
    </Form>
  )
}

function HistoryChoice(props: { readonly form: ShareForm }) {
  const past = createPast(() => props.form.draft().sections)
  return (
    <>
      <RadioGroup
        label={t('share.history')}
        hint={past()}
        value={props.form.draft().withHistory ? 'all' : 'none'}
        options={(['none', 'all'] as const).map(value => ({
          value,
          label: t(`share.history.${value}`),
          about: t(`share.history.${value}.about`),
        }))}
        onChange={value => props.form.change({ withHistory: value === 'all' })}
      />
      <Show when={props.form.draft().withHistory && props.form.privateCount() > 0}>
        <Notice>{t('private.history')}</Notice>
      </Show>
    </>
  )
}

/** All of it once more in words, what cannot be undone, and the passphrase. */
export function ConfirmStep(props: {
  readonly name: string
  readonly form: ShareForm
  readonly busy: boolean
  readonly failure: ShareFailure | undefined
  readonly onSend: (passphrase: string) => void
}) {
  const [passphrase, setPassphrase] = createSignal('')
  const isWrong = () => props.failure?.kind === 'wrong-passphrase'
  const submit = () => {
    if (!props.busy) props.onSend(passphrase())
  }
  return (
    <>
      <Card title={t('share.summary')}>
        <Summary name={props.name} form={props.form} />
      </Card>
      <Notice>{t('share.keep', { name: props.name })}</Notice>
      <Show when={!props.form.draft().withHistory}>
        <PastEnds sections={props.form.draft().sections} />
      </Show>
      <Form
        onSubmit={submit}
        actions={
          <Button type="submit" tone="primary" busy={props.busy}>
            {t('share.send')}
          </Button>
        }
      >
        <PassphraseField
          label={t('share.passphrase')}
          value={passphrase()}
          onInput={setPassphrase}
          error={isWrong() ? t('share.failed.wrong-passphrase') : undefined}
        />
        <Show when={!isWrong()}>
          <ShareFailed failure={props.failure} />
        </Show>
      </Form>
    </>
  )
}

function Summary(props: { readonly name: string; readonly form: ShareForm }) {
  const draft = () => props.form.draft()
  const past = createPast(() => (draft().withHistory ? draft().sections : undefined))
  return (
    <dl class={styles.facts}>
      <dt>{t('share.summary.who')}</dt>
      <dd>
        <bdi>{props.name}</bdi>
      </dd>
      <dt>{t('share.summary.what')}</dt>
      <dd>
        {sectionNames(draft().sections)} ({t('share.preview.total', { count: props.form.total() })})
        <Show when={props.form.privateCount() > 0}>
          <span class={styles.soft}> {t('private.stayOut', { count: props.form.privateCount() })}</span>
        </Show>
      </dd>
      <dt>{t('share.summary.until')}</dt>
      <dd>{givenUntilWords(props.form.until() ?? undefined)}</dd>
      <dt>{t('share.summary.role')}</dt>
      <dd>{t(`share.role.${draft().role}`)}</dd>
      <dt>{t('share.summary.history')}</dt>
      <dd>
        {t(draft().withHistory ? 'share.history.all' : 'share.history.none')}
        <Show when={draft().withHistory && past()}>{words => <div class={styles.soft}>{words()}</div>}</Show>
      </dd>
    </dl>
  )
}
