import { createSignal, Show } from 'solid-js'
import type { NewStep } from '#app/core/request-session.ts'
import { instant } from '#schema/instant.ts'
import { formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { SelectField } from '../../parts/select-field.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { currentMedicines } from '../../record/medicines/current-medicines.ts'
import { writtenTime } from '../../record/medicines/write-dose.ts'
import messages from '../../record/messages/messages.module.css'
import { parseTypedNumber } from '../../record/typed-number.ts'
import { useSession } from '../../session.ts'
import { changeIn, medicineIn } from './refill-steps.ts'
import { StepDialog, type StepFormProps } from './step-dialog.tsx'

const IS_IT = ['same', 'strength', 'other'] as const

/** “I have it”: how much more there is, and of what. After a change nothing is counted before it is said which medicine it is. */
export function RefillTakeForm(props: StepFormProps) {
  const session = useSession()
  const [isIt, setIsIt] = createSignal<(typeof IS_IT)[number]>()
  const [otherId, setOtherId] = createSignal('')
  const [amount, setAmount] = createSignal('')
  const [unit, setUnit] = createSignal('')
  const [isTried, setIsTried] = createSignal(false)
  const asked = () => medicineIn(props.request.history[0])
  const change = () => changeIn(props.request.history)
  const medicines = createAnswer(
    () => (isIt() === 'other' ? 'medicines' : undefined),
    async () => currentMedicines(await session.timelineRows({ kinds: ['medicine'] }, 0, 1000)),
  )
  const others = () => (medicines() ?? []).filter(({ id }) => id !== asked().medicineId)
  /** Undefined: it is counted into none. */
  const counted = () => {
    if (isIt() !== 'other') return asked()
    const other = others().find(({ id }) => id === otherId())
    return other && { medicineId: other.id, medicineName: other.title }
  }
  const isSaid = () => change() === undefined || isIt() !== undefined
  const isCounted = () => isSaid() && counted() !== undefined
  const number = () => parseTypedNumber(amount())
  const isAmount = () => (number() ?? 0) > 0
  const data = (): NewStep['data'] | undefined => {
    setIsTried(true)
    const medicine = counted()
    if (!isSaid()) return undefined
    if (medicine === undefined) return {}
    if (!isAmount() || unit().trim() === '') return undefined
    const strength = isIt() === 'strength' ? { strength: 'other' } : {}
    const happenedAt = writtenTime(instant(Date.now()))
    return { ...medicine, ...strength, amount: number(), unit: unit(), happenedAt }
  }
  return (
    <StepDialog form={props} as={counted() === undefined ? 'take-other' : undefined} onSend={data}>
      <Show when={change()}>
        {instead => (
          <>
            <p class={messages.said} dir="auto">
              <span class={messages.soft}>{`${t('refill.instead')}: `}</span>
              {instead()}
            </p>
            <RadioGroup
              label={t('refill.isIt', { medicine: String(asked().medicineName) })}
              hint={t('refill.isIt.hint')}
              value={isIt()}
              options={IS_IT.map(value => ({ value, label: t(`refill.isIt.${value}`) }))}
              onChange={setIsIt}
            />
            <Show when={isTried() && isIt() === undefined}>
              <p role="alert">{t('request.needed')}</p>
            </Show>
          </>
        )}
      </Show>
      <Show when={isIt() === 'other'}>
        <SelectField
          label={t('refill.into')}
          hint={t('refill.into.hint', { names: formatList(props.request.people) })}
          value={otherId()}
          options={[
            { value: '', label: t('refill.into.none') },
            ...others().map(({ id, title }) => ({ value: id as string, label: title })),
          ]}
          onChange={setOtherId}
        />
      </Show>
      <Show when={isCounted()}>
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
          error={isTried() && unit().trim() === '' ? t('request.needed') : undefined}
          onInput={setUnit}
        />
      </Show>
    </StepDialog>
  )
}
