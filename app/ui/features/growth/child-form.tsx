import { createSignal, Show } from 'solid-js'
import type { Sex } from '#schema/growth/kinds.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Form } from '../../parts/form.tsx'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { localDateTime } from '../../record/fhir-date.ts'
import { asciiDigits } from '../../record/typed-number.ts'
import type { createChild } from './create-growth.ts'

const SEXES: readonly Sex[] = ['female', 'male']

/** What the curves need to know of the child. */
export function ChildForm(props: { readonly known: ReturnType<typeof createChild>; readonly onSaved: () => void }) {
  const [sex, setSex] = createSignal<Sex | undefined>()
  const [birthDate, setBirthDate] = createSignal<string>()
  const [weeks, setWeeks] = createSignal<string>()
  const [isTried, setIsTried] = createSignal(false)
  const [isRefused, setIsRefused] = createSignal(false)
  const shownSex = () => sex() ?? props.known.sex()
  const shownBirth = () => birthDate() ?? props.known.birthDate() ?? ''
  const shownWeeks = () => weeks() ?? String(props.known.bornAtWeeks() ?? '')
  const birthError = () => {
    if (!isTried()) return undefined
    if (!/^\d{4}-\d\d-\d\d$/.test(shownBirth())) return t('growth.birth.needed')
    return shownBirth() > localDateTime(new Date()).date ? t('growth.birth.ahead') : undefined
  }
  const typedWeeks = () => asciiDigits(shownWeeks()).trim()
  const areWeeksWrong = () => typedWeeks() !== '' && !/^(2[2-9]|3\d|4[0-4])$/.test(typedWeeks())
  const submit = async () => {
    setIsTried(true)
    const which = shownSex()
    if (which === undefined || birthError() !== undefined || areWeeksWrong()) return
    const saved = await props.known.save({
      sex: which,
      birthDate: shownBirth(),
      ...(typedWeeks() === '' ? {} : { bornAtWeeks: Number(typedWeeks()) }),
    })
    setIsRefused(!saved.ok)
    if (saved.ok) props.onSaved()
  }
  return (
    <Card title={t('growth.ask')}>
      <p>{t('growth.ask.text')}</p>
      <Form
        onSubmit={submit}
        actions={
          <Button type="submit" tone="primary">
            {t('growth.show')}
          </Button>
        }
      >
        <RadioGroup
          label={t('growth.sex')}
          hint={t('growth.sex.hint')}
          value={shownSex()}
          options={SEXES.map(value => ({ value, label: t(`growth.sex.${value}`) }))}
          onChange={setSex}
        />
        <Show when={isTried() && shownSex() === undefined}>
          <p role="alert">{t('growth.sex.needed')}</p>
        </Show>
        <TextField
          label={t('growth.birth')}
          type="date"
          value={shownBirth()}
          onInput={setBirthDate}
          error={birthError()}
        />
        <TextField
          label={t('growth.weeks')}
          hint={t('growth.weeks.hint')}
          optional
          inputMode="numeric"
          value={shownWeeks()}
          onInput={setWeeks}
          error={isTried() && areWeeksWrong() ? t('growth.weeks.wrong') : undefined}
        />
        <Show when={isRefused()}>
          <p role="alert">{t('growth.notSaved')}</p>
        </Show>
      </Form>
    </Card>
  )
}
