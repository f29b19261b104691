import { COLUMNS } from '#app/core/exchange/report/columns.ts'
import type { OutWords } from '#app/core/exchange/report/out-words.ts'
import { FLAGS } from '#schema/record/fhir/result-flag.ts'
import { ENTRY_KINDS } from '#schema/record/entry.ts'
import { SECTIONS } from '#schema/record/sections.ts'
import { language, LANGUAGES, t } from '../language/language.ts'

/** A place in words that the worker fills. */
const place = (name: string) => `{${name}}`

function record<const Name extends string>(
  names: readonly Name[],
  words: (name: Name) => string,
): Record<Name, string> {
  return Object.fromEntries(names.map(name => [name, words(name)])) as Record<Name, string>
}

/** What files for people say besides the record's own words, in the language of the page. */
export function outWords(): OutWords {
  const tag = language()
  const title = { title: place('title') }
  return {
    language: tag,
    direction: LANGUAGES.find(each => each.tag === tag)?.dir ?? 'ltr',
    sections: record(SECTIONS, section => t(`section.${section}`)),
    kinds: record(ENTRY_KINDS, kind => t(`kind.${kind}`)),
    columns: record(COLUMNS, column => t(`column.${column}`)),
    statuses: record(['active', 'past', 'planned', 'mistaken', 'unknown'], status => t(`status.${status}`)),
    flags: record(FLAGS, flag => t(`flag.${flag}`)),
    severities: record(['mild', 'moderate', 'severe'], severity => t(`form.allergy.${severity}`)),
    arms: record(['left', 'right'], arm => t(`form.arm.${arm}`)),
    postures: record(['sitting', 'standing', 'lying'], posture => t(`form.posture.${posture}`)),
    negations: {
      ruledOut: t('negated.ruledOut', title),
      notTaken: t('negated.notTaken', title),
      notGiven: t('negated.notGiven', title),
      notDone: t('negated.notDone', title),
    },
    empty: record(['nilknown', 'notasked', 'withheld', 'unavailable'], reason => t(`empty.${reason}`)),
    patientSaid: t('file.patientSaid'),
    fromFile: t('source.import', { file: place('file') }),
    summaryTitle: t('file.summaryTitle'),
    saidBySummary: t('file.saidBySummary', { source: place('source'), date: place('date') }),
    noneAndSome: t('file.noneAndSome', { ...title, source: place('source'), date: place('date') }),
    newestOf: t('file.newestOf', { shown: place('shown'), number: place('number') }),
    meanOf: t('file.meanOf', { number: place('number'), days: place('days') }),
    furtherOf: t('file.furtherOf', { section: place('section') }),
    noDate: t('when.none'),
  }
}
