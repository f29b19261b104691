import type { TrackedMeasure } from '#schema/record/tracked.ts'
import { t } from '../../language/language.ts'

/** As they are called in the legend: one for each number of a reading. */
export function numberNames(measure: TrackedMeasure, name: string): readonly string[] {
  return measure === 'blood-pressure' ? [t('form.systolic'), t('form.diastolic')] : [name]
}
