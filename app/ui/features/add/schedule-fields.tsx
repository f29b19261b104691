import Plus from 'lucide-solid/icons/plus'
import { For, Index, type JSX, Match, Show, Switch } from 'solid-js'
import { MEALS, type StepField, WEEKDAYS } from '#schema/medicines/schedule.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { CheckField } from '../../parts/check-field.tsx'
import { SelectField } from '../../parts/select-field.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { VisuallyHidden } from '../../parts/visually-hidden.tsx'
import { weekdayWords } from '../../record/medicines/schedule-words.ts'
import { NO_STEP, type ScheduleDraft, type ScheduleField, type StepDraft } from './draft-schedule.ts'
import styles from './form.module.css'
import { MoreFields } from './more-fields.tsx'

const TYPES = ['none', 'times', 'hours', 'as-needed'] as const
const DAYS = ['daily', 'weekdays', 'every'] as const

interface ScheduleFieldsProps {
  readonly schedule: ScheduleDraft
  readonly errorOf: (field: ScheduleField) => string | undefined
  readonly onChange: (schedule: ScheduleDraft) => void
}

/** When a medicine is taken: one step, or several one after the other. */
export function ScheduleFields(props: ScheduleFieldsProps) {
  const steps = () => props.schedule.steps
  const hasTimes = () => steps()[0]?.type !== 'none'
  const setStep = (at: number, part: Partial<StepDraft>) =>
    props.onChange({
      ...props.schedule,
      steps: steps().map((step, index) => (index === at ? { ...step, ...part } : step)),
    })
  const addStep = () => {
    const last = steps().at(-1) ?? NO_STEP
    props.onChange({ ...props.schedule, steps: [...steps(), { ...last, from: '', until: '' }] })
  }
  const removeStep = (at: number) =>
    props.onChange({ ...props.schedule, steps: steps().filter((_, index) => index !== at) })
  return (
    <fieldset class={styles.schedule}>
      <legend>
        <VisuallyHidden>{t('form.schedule')}</VisuallyHidden>
      </legend>
      <Index each={steps()}>
        {(step, index) => (
          <StepFields
            step={step()}
            number={index + 1}
            isAlone={steps().length === 1}
            errorOf={field => props.errorOf(`${index}.${field}`)}
            onChange={part => setStep(index, part)}
            onRemove={() => removeStep(index)}
          >
            <Show when={index === 0}>
              <TextField
                label={t('field.unit')}
                hint={t('form.schedule.unitHint')}
                value={props.schedule.unit}
                onInput={unit => props.onChange({ ...props.schedule, unit })}
                error={props.errorOf('unit')}
              />
            </Show>
          </StepFields>
        )}
      </Index>
      <Show when={hasTimes()}>
        <div>
          <Button icon={<Plus />} onClick={addStep}>
            {t('form.schedule.addStep')}
          </Button>
          <p class={styles.about}>{t('form.schedule.stepHint')}</p>
        </div>
      </Show>
    </fieldset>
  )
}

interface StepProps {
  readonly step: StepDraft
  readonly number: number
  readonly isAlone: boolean
  readonly errorOf: (field: StepField) => string | undefined
  readonly onChange: (part: Partial<StepDraft>) => void
  readonly onRemove: () => void
  readonly children?: JSX.Element
}

function StepFields(props: StepProps) {
  const types = () => TYPES.filter(type => type !== 'none' || props.number === 1)
  return (
    <div class={styles.step}>
      <Show when={!props.isAlone}>
        <p class={styles.legend}>{t('form.schedule.stepName', { number: props.number })}</p>
      </Show>
      <SelectField
        label={t('form.schedule')}
        value={props.step.type}
        options={types().map(value => ({ value, label: t(`form.schedule.${value}`) }))}
        onChange={type => props.onChange({ type })}
      />
      <Show when={props.step.type !== 'none'}>
        <div class={styles.pair}>
          <TextField
            label={t('form.schedule.dose')}
            inputMode="decimal"
            value={props.step.dose}
            onInput={dose => props.onChange({ dose })}
            error={props.errorOf('dose')}
          />
          {props.children}
        </div>
        <RhythmFields {...props} />
        <MoreOfStep {...props} />
      </Show>
      <Show when={!props.isAlone}>
        <div>
          <Button tone="plain" onClick={() => props.onRemove()}>
            {t('form.schedule.removeStep', { number: props.number })}
          </Button>
        </div>
      </Show>
    </div>
  )
}

/** What few doses need. */
function MoreOfStep(props: StepProps) {
  const isSaid = () => props.step.meal !== 'any' || props.step.from !== '' || props.step.until !== ''
  const isWrong = () => props.errorOf('from') !== undefined || props.errorOf('until') !== undefined
  return (
    <MoreFields summary={t('form.schedule.more')} isSaid={!props.isAlone || isSaid()} isWrong={isWrong()}>
      <SelectField
        label={t('form.schedule.meal')}
        value={props.step.meal}
        options={[
          { value: 'any' as const, label: t('form.schedule.anyMeal') },
          ...MEALS.map(value => ({ value, label: t(`plan.meal.${value}`) })),
        ]}
        onChange={meal => props.onChange({ meal })}
      />
      <div class={styles.pair}>
        <TextField
          label={t('form.schedule.from')}
          type="date"
          optional
          value={props.step.from}
          onInput={from => props.onChange({ from })}
          error={props.errorOf('from')}
        />
        <TextField
          label={t('form.schedule.until')}
          type="date"
          optional
          value={props.step.until}
          onInput={until => props.onChange({ until })}
          error={props.errorOf('until')}
        />
      </div>
    </MoreFields>
  )
}

function RhythmFields(props: StepProps) {
  return (
    <Switch>
      <Match when={props.step.type === 'times'}>
        <TimesFields {...props} />
        <DaysFields {...props} />
      </Match>
      <Match when={props.step.type === 'hours'}>
        <div class={styles.pair}>
          <TextField
            label={t('form.schedule.gap')}
            inputMode="numeric"
            value={props.step.hours}
            onInput={hours => props.onChange({ hours })}
            error={props.errorOf('hours')}
          />
          <TextField
            label={t('form.schedule.first')}
            type="time"
            value={props.step.first}
            onInput={first => props.onChange({ first })}
            error={props.errorOf('times')}
          />
        </div>
      </Match>
      <Match when={props.step.type === 'as-needed'}>
        <p class={styles.about}>{t('form.schedule.rules')}</p>
        <div class={styles.pair}>
          <TextField
            label={t('form.schedule.least')}
            inputMode="decimal"
            optional
            value={props.step.gapHours}
            onInput={gapHours => props.onChange({ gapHours })}
            error={props.errorOf('gapHours')}
          />
          <TextField
            label={t('form.schedule.most')}
            inputMode="numeric"
            optional
            value={props.step.mostPerDay}
            onInput={mostPerDay => props.onChange({ mostPerDay })}
            error={props.errorOf('mostPerDay')}
          />
        </div>
      </Match>
    </Switch>
  )
}

function TimesFields(props: StepProps) {
  const setTime = (at: number, time: string) =>
    props.onChange({ times: props.step.times.map((each, index) => (index === at ? time : each)) })
  const boxes: (HTMLElement | undefined)[] = []
  const removeTime = (at: number) => {
    props.onChange({ times: props.step.times.filter((_, index) => index !== at) })
    boxes[Math.min(at, props.step.times.length - 1)]?.focus()
  }
  const addTime = () => {
    props.onChange({ times: [...props.step.times, ''] })
    boxes[props.step.times.length - 1]?.focus()
  }
  return (
    <div class={styles.times}>
      <Index each={props.step.times}>
        {(time, index) => (
          <div class={styles.time}>
            <TextField
              label={t('form.schedule.time', { number: index + 1 })}
              type="time"
              value={time()}
              onInput={typed => setTime(index, typed)}
              error={index === 0 ? props.errorOf('times') : undefined}
              ref={element => {
                boxes[index] = element
              }}
            />
            <Show when={props.step.times.length > 1}>
              <Button
                tone="plain"
                aria-label={t('form.schedule.removeTime', { number: index + 1 })}
                onClick={() => removeTime(index)}
              >
                {t('act.remove')}
              </Button>
            </Show>
          </div>
        )}
      </Index>
      <div>
        <Button icon={<Plus />} onClick={addTime}>
          {t('form.schedule.addTime')}
        </Button>
      </div>
    </div>
  )
}

function DaysFields(props: StepProps) {
  const isOn = (day: (typeof WEEKDAYS)[number]) => props.step.weekdays.includes(day)
  return (
    <>
      <SelectField
        label={t('form.schedule.days')}
        value={props.step.days}
        options={DAYS.map(value => ({ value, label: t(`form.schedule.${value}`) }))}
        onChange={days => props.onChange({ days })}
        error={props.errorOf('weekdays')}
      />
      <Show when={props.step.days === 'weekdays'}>
        <div class={styles.pair}>
          <For each={WEEKDAYS}>
            {day => (
              <CheckField
                label={weekdayWords(day)}
                checked={isOn(day)}
                onChange={chosen =>
                  props.onChange({ weekdays: WEEKDAYS.filter(each => (each === day ? chosen : isOn(each))) })
                }
              />
            )}
          </For>
        </div>
      </Show>
      <Show when={props.step.days === 'every'}>
        <TextField
          label={t('form.schedule.everyDays')}
          inputMode="numeric"
          value={props.step.everyDays}
          onInput={everyDays => props.onChange({ everyDays })}
          error={props.errorOf('everyDays')}
        />
      </Show>
    </>
  )
}
