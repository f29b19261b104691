import Printer from 'lucide-solid/icons/printer'
import { For, Show } from 'solid-js'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { CheckField } from '../../parts/check-field.tsx'
import { Page } from '../../parts/page.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { titleOf } from '../../record/words.ts'
import { useRecordPath } from '../../session.ts'
import { createDoctor, type Doctor, PARTS } from './create-doctor.ts'
import type { ListedPart } from './doctor-sheet.ts'
import { DoctorSheet } from './doctor-sheet-view.tsx'
import { KeptTextField } from '../../record/kept-text-field.tsx'
import styles from './paper.module.css'

const LISTED_PARTS: readonly ListedPart[] = ['problems', 'medicines', 'allergies']

/** Pages for the doctor: what is to be on them, and below it the pages as they will be printed. */
export function DoctorPage() {
  const doctor = createDoctor()
  const to = useRecordPath()
  return (
    <Page title={t('out.doctor')} back={{ href: to('/take-out') }}>
      <div class={styles.choices}>
        <p>{t('doctor.lead')}</p>
        <Choices doctor={doctor} />
        <Button tone="primary" icon={<Printer size="1.25rem" />} onClick={() => print()}>
          {t('doctor.print')}
        </Button>
        <p>
          {t('doctor.asLink')} <a href={to('/take-out/link')}>{t('outLink.make')}</a>
        </p>
      </div>
      <Show when={doctor.isReady()} fallback={<output>{t('app.loading')}</output>}>
        <DoctorSheet doctor={doctor} />
      </Show>
    </Page>
  )
}

function Choices(props: { readonly doctor: Doctor }) {
  return (
    <>
      <Card fields>
        <KeptTextField label={t('doctor.questions')} hint={t('doctor.questions.hint')} kept={props.doctor.questions} />
        <TextField
          label={t('doctor.since')}
          hint={t('doctor.since.hint')}
          type="date"
          value={props.doctor.since()}
          onInput={day => props.doctor.setSince(day)}
        />
      </Card>
      <Card fields>
        <fieldset class={styles.parts}>
          <legend class={styles.legend}>{t('doctor.what')}</legend>
          <div class={styles.checks}>
            <For each={PARTS}>
              {part => (
                <CheckField
                  label={t(`doctor.part.${part}`)}
                  checked={props.doctor.has(part)}
                  onChange={isOn => props.doctor.setPart(part, isOn)}
                />
              )}
            </For>
          </div>
        </fieldset>
        <For each={LISTED_PARTS}>{part => <Listed doctor={props.doctor} part={part} />}</For>
        <Show when={props.doctor.tests().length > 0}>
          <fieldset class={styles.parts}>
            <legend class={styles.legend}>{t('doctor.tests')}</legend>
            <div class={styles.tests}>
              <For each={props.doctor.tests()}>
                {test => (
                  <CheckField
                    label={titleOf(test.newest.summary)}
                    checked={props.doctor.hasTest(test.key)}
                    onChange={isOn => props.doctor.setTest(test.key, isOn)}
                  />
                )}
              </For>
            </div>
          </fieldset>
        </Show>
        <Show when={props.doctor.privateCount() > 0}>
          <CheckField
            label={t('out.private', { count: props.doctor.privateCount() })}
            checked={props.doctor.withPrivate()}
            onChange={isOn => props.doctor.setPrivate(isOn)}
          />
        </Show>
      </Card>
    </>
  )
}

/** Which problems, medicines or allergies, one by one. */
function Listed(props: { readonly doctor: Doctor; readonly part: ListedPart }) {
  const rows = () => props.doctor.listed(props.part)
  return (
    <Show when={props.doctor.has(props.part) && rows().length > 0}>
      <fieldset class={styles.parts}>
        <legend class={styles.legend}>{t(`doctor.part.${props.part}`)}</legend>
        <div class={styles.tests}>
          <For each={rows()}>
            {({ summary }) => (
              <CheckField
                label={<bdi>{titleOf(summary)}</bdi>}
                checked={props.doctor.isListed(props.part, summary.id)}
                onChange={isOn => props.doctor.setListed(summary.id, isOn)}
              />
            )}
          </For>
        </div>
      </fieldset>
    </Show>
  )
}
