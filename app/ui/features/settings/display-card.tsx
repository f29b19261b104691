import type { Settings } from '#app/core/session.ts'
import { LANGUAGES, t } from '../../language/language.ts'
import { Card } from '../../parts/card.tsx'
import { CheckField } from '../../parts/check-field.tsx'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { SelectField } from '../../parts/select-field.tsx'
import { useDisplay, useSession, useSettings } from '../../session.ts'

const THEMES = ['system', 'light', 'dark'] as const satisfies readonly Settings['theme'][]
const TEXT_SIZES = ['normal', 'large', 'larger'] as const satisfies readonly Settings['textSize'][]
const UNITS = ['metric', 'imperial'] as const satisfies readonly Settings['units'][]
const LAB_UNITS = ['reported', 'mass', 'molar'] as const satisfies readonly Settings['labUnits'][]

/** Language, colours, text size and units; each takes effect at once. */
export function DisplayCard() {
  const session = useSession()
  const settings = useSettings()
  const { display, changeDisplay } = useDisplay()
  return (
    <Card title={t('settings.look')} fields>
      <SelectField
        label={t('settings.language')}
        value={display().language}
        options={LANGUAGES.map(each => ({ value: each.tag, label: each.name }))}
        onChange={language => changeDisplay({ language })}
      />
      <RadioGroup
        label={t('settings.theme')}
        value={display().theme}
        options={THEMES.map(value => ({ value, label: t(`settings.theme.${value}`) }))}
        onChange={theme => changeDisplay({ theme })}
      />
      <RadioGroup
        label={t('settings.textSize')}
        value={display().textSize}
        options={TEXT_SIZES.map(value => ({ value, label: t(`settings.textSize.${value}`) }))}
        onChange={textSize => changeDisplay({ textSize })}
      />
      <CheckField
        label={t('simple.set')}
        checked={display().isSimple}
        onChange={isSimple => changeDisplay({ isSimple })}
      />
      <RadioGroup
        label={t('settings.units')}
        value={settings().units}
        options={UNITS.map(value => ({ value, label: t(`settings.units.${value}`) }))}
        onChange={units => void session.changeSettings({ units })}
      />
      <RadioGroup
        label={t('settings.labUnits')}
        value={settings().labUnits}
        options={LAB_UNITS.map(value => ({ value, label: t(`settings.labUnits.${value}`) }))}
        onChange={labUnits => void session.changeSettings({ labUnits })}
      />
      <CheckField
        label={t('first.set')}
        checked={settings().explainsResults}
        onChange={explainsResults => void session.changeSettings({ explainsResults })}
      />
    </Card>
  )
}
