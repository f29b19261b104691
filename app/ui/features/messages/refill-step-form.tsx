import { createSignal, Show } from 'solid-js'
import type { NewStep, RequestDetail } from '#app/core/request-session.ts'
import { instant } from '#schema/instant.ts'
import { type PlainKey, t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { writtenTime } from '../../record/medicines/write-dose.ts'
import { parseTypedNumber } from '../../record/typed-number.ts'
import type { RefillStepKind } from './request-words.ts'

type Stepping = Exclude<RefillStepKind, 'request' | 'see' | 'close'>
export type Asked = Stepping | undefined

const ROUTES = ['sent', 'phoned', 'posted', 'to-collect'] as const

/** How what is written with a step is called. */
const WORDS: Readonly<Partial<Record<Stepping, PlainKey>>> = {
  approve: 'refill.words',
  change: 'refill.instead',
  decline: 'refill.reason',
  withdraw: 'refill.reason',
}

/** What a step has to say before it is taken. */
export function RefillStepForm(props: {
  readonly step: Stepping
  readonly request: RequestDetail
  readonly busy: boolean
  readonly onTake: (step: NewStep) => void
  readonly onClose: () => void
}) {
  const [route, setRoute] = createSignal<(typeof ROUTES)[number]>('sent')
  const [where, setWhere] = createSignal('')
  const [words, setWords] = createSignal('')
  const [amount, setAmount] = createSignal('')
  const [unit, setUnit] = createSignal('')
  const [isTried, setIsTried] = createSignal(false)
  const medicine = () => {
    const { medicineId, medicineName } = props.request.history[0]?.data ?? {}
    return { medicineId, medicineName }
  }
  const number = () => parseTypedNumber(amount())
  const isAmount = () => (number() ?? 0) > 0
  const dataOf = (): NewStep['data'] | undefined => {
    switch (props.step) {
      case 'approve':
        return { route: route(), where: where(), words: words() }
      case 'change':
        return words().trim() === '' ? undefined : { route: route(), where: where(), instead: words() }
      case 'decline':
        return words().trim() === '' ? undefined : { reason: words() }
      case 'withdraw':
        return { reason: words() }
      case 'ready':
        return { where: where() }
      case 'take': {
        if (!isAmount() || unit().trim() === '') return undefined
        return { ...medicine(), amount: number(), unit: unit(), happenedAt: writtenTime(instant(Date.now())) }
      }
    }
  }
  const take = () => {
    setIsTried(true)
    const data = dataOf()
    if (data !== undefined) props.onTake({ kind: props.step, data })
  }
  const missing = (text: string) => (isTried() && text.trim() === '' ? t('request.needed') : undefined)
  const isWordsNeeded = () => props.step === 'change' || props.step === 'decline'
  const wordsLabel = () => WORDS[props.step]
  const hasRoute = () => props.step === 'approve' || props.step === 'change'
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t(`refill.step.${props.step}`)}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{t('act.cancel')}</Button>
          <Button tone="primary" busy={props.busy} onClick={take}>
            {t('request.send')}
          </Button>
        </>
      }
    >
      <Show when={hasRoute()}>
        <RadioGroup
          label={t('refill.route')}
          value={route()}
          options={ROUTES.map(value => ({ value, label: t(`refill.route.${value}`) }))}
          onChange={setRoute}
        />
      </Show>
      <Show when={hasRoute() || props.step === 'ready'}>
        <TextField label={t('refill.where')} optional maxLength={300} value={where()} onInput={setWhere} />
      </Show>
      <Show when={wordsLabel()}>
        {label => (
          <TextField
            label={t(label())}
            optional={!isWordsNeeded()}
            multiline
            maxLength={2000}
            value={words()}
            error={isWordsNeeded() ? missing(words()) : undefined}
            onInput={setWords}
          />
        )}
      </Show>
      <Show when={props.step === 'take'}>
        <TextField
          label={t('refill.amount')}
          hint={t('refill.amount.hint')}
          inputMode="decimal"
          value={amount()}
          error={isTried() && !isAmount() ? t('request.number') : undefined}
          onInput={setAmount}
        />
        <TextField
          label={t('refill.unit')}
          hint={t('refill.unit.hint')}
          maxLength={40}
          value={unit()}
          error={missing(unit())}
          onInput={setUnit}
        />
      </Show>
    </Dialog>
  )
}
