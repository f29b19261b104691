import { createSignal, Match, Show, Switch, useContext } from 'solid-js'
import type { FreeSlot, NewStep } from '#app/core/request-session.ts'
import { MAX_SLOTS, MEETING_WAYS, type MeetingWay } from '#schema/requests/appointment.ts'
import { t } from '../../language/language.ts'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { createWatch, SessionContext } from '../../session.ts'
import { timeWords } from '../../record/plan/appointment-words.ts'
import { inOrder, minutesOf, type SlotDraft, slotsOf } from './draft-slots.ts'
import { FreeSlotChoice, takenByOthers } from './free-slot-choice.tsx'
import styles from '../../record/messages/messages.module.css'
import { slotsBefore } from './said-with-step.ts'
import { SlotFields } from './slot-fields.tsx'
import { StepDialog, type StepFormProps } from './step-dialog.tsx'
import { takenWords } from './taken-words.ts'

/** What a step of an appointment has to say before it is taken. */
export function AppointmentStepForm(props: StepFormProps) {
  return (
    <Switch fallback={<LinesForm {...props} />}>
      <Match when={props.step === 'choose'}>
        <ChooseForm {...props} />
      </Match>
      <Match when={['propose', 'move', 'grant', 'confirm'].includes(props.step)}>
        <OfferForm {...props} />
      </Match>
    </Switch>
  )
}

/** Of the times that were offered last, the one that suits. */
function ChooseForm(props: StepFormProps) {
  const [slot, setSlot] = createSignal<string>()
  const [isTried, setIsTried] = createSignal(false)
  const data = () => {
    setIsTried(true)
    const chosen = slot()
    return chosen === undefined ? undefined : { slot: Number(chosen) }
  }
  const options = () =>
    slotsBefore(props.request.history).map((each, index) => {
      const isPast = Date.parse(each.startsAt) < Date.now()
      return { value: String(index), label: timeWords(each), ...(isPast && { about: t('appointment.isPast') }) }
    })
  return (
    <StepDialog form={props} onSend={data}>
      <RadioGroup label={t('appointment.which')} value={slot()} options={options()} onChange={setSlot} />
      <Show when={isTried() && slot() === undefined}>
        <p class={styles.error} role="alert">
          {t('request.needed')}
        </p>
      </Show>
    </StepDialog>
  )
}

/** When, how long, how, where and with whom: of times that are offered, of another time, or of the one that is confirmed. */
function OfferForm(props: StepFormProps) {
  const before = props.request.time
  const [slots, setSlots] = createSignal<readonly SlotDraft[]>([{ key: 1, date: '', time: '' }])
  const [minutes, setMinutes] = createSignal(before?.minutes === undefined ? '' : String(before.minutes))
  const [way, setWay] = createSignal<MeetingWay>(before?.way ?? 'in-person')
  const [place, setPlace] = createSignal(before?.place ?? '')
  const [withWhom, setWithWhom] = createSignal(before?.withWhom ?? '')
  const [words, setWords] = createSignal('')
  const [isTried, setIsTried] = createSignal(false)
  // Who answers by a link keeps no list.
  const session = useContext(SessionContext)?.ownSession
  const free =
    session === undefined
      ? () => undefined
      : createWatch<readonly FreeSlot[]>(listener => session.watchFreeSlots(listener))
  const [chosen, setChosen] = createSignal<ReadonlySet<string>>(new Set())
  /** Somebody may have taken one since. */
  const ticked = () =>
    (free() ?? [])
      .filter(slot => chosen().has(slot.startsAt) && takenByOthers(slot, props.request).length === 0)
      .map(({ startsAt, minutes: length }) => ({ startsAt, ...(length !== undefined && { minutes: length }) }))
  const isTimed = () => props.step === 'propose' || props.step === 'move'
  const [granted, setGranted] = createSignal<string>()
  const offeredNow = () => {
    const typed = slotsOf(slots(), minutes())
    return typed && inOrder([...ticked(), ...typed])
  }
  const where = () => ({ way: way(), place: place(), withWhom: withWhom(), words: words() })
  const data = (): NewStep['data'] | undefined => {
    setIsTried(true)
    if (props.step === 'grant') return granted() === undefined ? undefined : { slot: Number(granted()), ...where() }
    if (!isTimed()) return where()
    const offered = offeredNow()
    const [first] = offered ?? []
    if (offered === undefined || first === undefined || offered.length > MAX_SLOTS) return undefined
    return props.step === 'move' ? { ...first, ...where() } : { slots: offered, ...where() }
  }
  return (
    <StepDialog form={props} onSend={data}>
      <Show when={props.step === 'propose' && !props.isTold && free()}>
        {known => <FreeSlotChoice slots={known()} request={props.request} chosen={chosen()} onChange={setChosen} />}
      </Show>
      <Switch>
        <Match when={isTimed()}>
          <SlotFields
            slots={slots()}
            most={props.step === 'move' ? 1 : undefined}
            isTried={isTried()}
            isTold={props.isTold}
            needed={ticked().length === 0}
            onChange={setSlots}
          />
        </Match>
        <Match when={props.step === 'grant'}>
          <WantedTimes
            form={props}
            free={free() ?? []}
            chosen={granted()}
            isMissing={isTried() && granted() === undefined}
            onChoose={setGranted}
          />
        </Match>
        <Match when={before}>{time => <p>{timeWords(time())}</p>}</Match>
      </Switch>
      <Show when={isTried() && (offeredNow()?.length ?? 0) > MAX_SLOTS}>
        <p class={styles.error} role="alert">
          {t('appointment.tooMany')}
        </p>
      </Show>
      <Show when={isTimed()}>
        <TextField
          label={t('appointment.minutes')}
          inputMode="numeric"
          optional
          value={minutes()}
          error={isTried() && minutesOf(minutes()) === undefined ? t('appointment.minutesWrong') : undefined}
          onInput={setMinutes}
        />
      </Show>
      <RadioGroup
        label={t('appointment.way')}
        value={way()}
        options={MEETING_WAYS.map(value => ({ value, label: t(`appointment.way.${value}`) }))}
        onChange={setWay}
      />
      <TextField
        label={t('appointment.place')}
        hint={t('appointment.placeHint')}
        optional
        maxLength={300}
        value={place()}
        onInput={setPlace}
      />
      <TextField label={t('appointment.withWhom')} optional maxLength={300} value={withWhom()} onInput={setWithWhom} />
      <TextField label={t('request.words')} optional multiline maxLength={2000} value={words()} onInput={setWords} />
    </StepDialog>
  )
}

/** Of the times that were asked for, the one that stands from now on; what somebody else has by now is said. */
function WantedTimes(props: {
  readonly form: StepFormProps
  readonly free: readonly FreeSlot[]
  readonly chosen: string | undefined
  readonly isMissing: boolean
  readonly onChoose: (chosen: string) => void
}) {
  const options = () =>
    slotsBefore(props.form.request.history).map((each, index) => {
      const slot = props.free.find(({ startsAt }) => startsAt === each.startsAt)
      const [who] = slot === undefined ? [] : takenByOthers(slot, props.form.request)
      return { value: String(index), label: timeWords(each), ...(who && { about: takenWords(who) }) }
    })
  return (
    <>
      <RadioGroup label={t('appointment.which')} value={props.chosen} options={options()} onChange={props.onChoose} />
      <Show when={props.isMissing}>
        <p class={styles.error} role="alert">
          {t('request.needed')}
        </p>
      </Show>
    </>
  )
}

const MAX_LINES = 50
const MAX_LINE_CHARS = 300

/** What to bring, or what to ask there: one on each line. */
function LinesForm(props: StepFormProps) {
  const [text, setText] = createSignal('')
  const [isTried, setIsTried] = createSignal(false)
  const lines = () =>
    text()
      .split('\n')
      .map(line => line.trim())
      .filter(line => line !== '')
  const error = () => {
    if (lines().length === 0) return t('request.needed')
    const isFit = lines().length <= MAX_LINES && lines().every(({ length }) => length <= MAX_LINE_CHARS)
    return isFit ? undefined : t('appointment.lines.tooLong')
  }
  const data = () => {
    setIsTried(true)
    return error() === undefined ? { lines: lines() } : undefined
  }
  return (
    <StepDialog form={props} onSend={data}>
      <TextField
        label={t(props.step === 'prepare' ? 'appointment.lines.prepare' : 'appointment.lines.question')}
        hint={t('appointment.lines.hint')}
        multiline
        value={text()}
        error={isTried() ? error() : undefined}
        onInput={setText}
      />
    </StepDialog>
  )
}
