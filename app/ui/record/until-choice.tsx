import { Show } from 'solid-js'
import type { Instant } from '#schema/instant.ts'
import { formatTime } from '../language/format.ts'
import { t } from '../language/language.ts'
import { RadioGroup } from '../parts/radio-group.tsx'
import { TextField } from '../parts/text-field.tsx'
import { ClockNotice } from './clock-notice.tsx'
import { useTrueNow } from '../session.ts'
import { localDateTime } from './fhir-date.ts'
import { type UntilChoice, type UntilDraft, untilOf } from './until.ts'

const ENDS = ['day', 'visit', 'month'] as const

/** For how long. */
export function UntilChoice(props: {
  readonly draft: UntilDraft
  /** It may have none. */
  readonly mayBeOpen?: boolean
  /** The end it has already; offered first. Null for none. */
  readonly kept?: Instant | null
  readonly isDateWrong: boolean
  readonly onChange: (part: Partial<UntilDraft>) => void
}) {
  const now = new Date(useTrueNow()())
  const aboutKept = () => {
    const { kept } = props
    return kept == null ? t('share.until.open') : t('share.until.keep.about', { time: formatTime(kept) })
  }
  const options = (): { value: UntilChoice; label: string; about?: string }[] => [
    ...(props.kept === undefined ? [] : [{ value: 'keep' as const, label: t('share.until.keep'), about: aboutKept() }]),
    ...ENDS.map(until => ({
      value: until,
      label: t(`share.until.${until}`),
      about: t('share.until.day.about', { time: formatTime(untilOf({ until, date: '' }, now) ?? now) }),
    })),
    { value: 'date', label: t('share.until.date') },
    ...(props.mayBeOpen
      ? [{ value: 'open' as const, label: t('share.until.open'), about: t('share.until.open.about') }]
      : []),
  ]
  return (
    <>
      <ClockNotice />
      <RadioGroup
        label={t('share.until')}
        value={props.draft.until}
        options={options()}
        onChange={until => props.onChange({ until })}
      />
      <Show when={props.draft.until === 'date'}>
        <TextField
          label={t('share.date')}
          type="date"
          min={localDateTime(now).date}
          value={props.draft.date}
          onInput={date => props.onChange({ date })}
          error={props.isDateWrong ? t('share.date.needed') : undefined}
        />
      </Show>
    </>
  )
}
