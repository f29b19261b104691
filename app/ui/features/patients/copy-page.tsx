import { createSignal, For, Show } from 'solid-js'
import type { KeptCopy } from '#app/core/patient-session.ts'
import type { Section } from '#schema/record/sections.ts'
import { language, t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { CheckField } from '../../parts/check-field.tsx'
import { downloadBlob } from '../../parts/download.ts'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { localDateTime } from '../../record/fhir-date.ts'
import { createKeepReason, KeepReasonFields } from '../../record/keep-reason.tsx'
import { useRecordView } from '../../session.ts'
import { createSummary } from './create-summary.ts'
import styles from './patients.module.css'
import { summaryHtml } from './summary-html.ts'

/** Keeping a copy is an act that the patient sees: what, why, and only then the files. */
export function CopyPage() {
  const { shared, base } = useRecordView()
  const [left, setLeft] = createSignal<readonly Section[]>([])
  const chosen = () => shared?.sections().filter(section => !left().includes(section)) ?? []
  const form = createCopying(chosen)
  return (
    <Page
      title={t('copy.title', { name: shared?.recordName() ?? '' })}
      windowTitle={t('shared.window')}
      lead={t('copy.lead', { name: shared?.sharedBy() ?? '' })}
      back={{ href: base }}
      narrow
    >
      <Show when={form.kept()} fallback={<Asking form={form} left={left()} onLeft={setLeft} />}>
        {kept => <Ready kept={kept()} sections={chosen()} />}
      </Show>
    </Page>
  )
}

function createCopying(chosen: () => readonly Section[]) {
  const { shared } = useRecordView()
  const reason = createKeepReason()
  const [isWorking, setIsWorking] = createSignal(false)
  const [kept, setKept] = createSignal<KeptCopy>()
  const keep = async () => {
    if (shared === undefined) return
    setIsWorking(true)
    reason.setFailure()
    const answer = await shared.keepCopy({ sections: chosen(), reason: reason.reason(), note: reason.note() })
    setIsWorking(false)
    if (answer.ok) setKept(answer.value)
    else reason.setFailure(answer.failure)
  }
  return { reason, isWorking, kept, keep }
}

function Asking(props: {
  readonly form: ReturnType<typeof createCopying>
  readonly left: readonly Section[]
  readonly onLeft: (left: readonly Section[]) => void
}) {
  const { shared } = useRecordView()
  const toggle = (section: Section, isOn: boolean) =>
    props.onLeft(isOn ? props.left.filter(each => each !== section) : [...props.left, section])
  return (
    <Form
      onSubmit={() => props.form.keep()}
      actions={
        <Button type="submit" tone="primary" busy={props.form.isWorking()}>
          {t('copy.keep')}
        </Button>
      }
    >
      <fieldset class={styles.group}>
        <legend>{t('copy.sections')}</legend>
        <For each={shared?.sections()}>
          {section => (
            <CheckField
              label={t(`section.${section}`)}
              checked={!props.left.includes(section)}
              onChange={isOn => toggle(section, isOn)}
            />
          )}
        </For>
      </fieldset>
      <KeepReasonFields form={props.form.reason} />
    </Form>
  )
}

/** The act is noted; now the files. */
function Ready(props: { readonly kept: KeptCopy; readonly sections: readonly Section[] }) {
  const { shared } = useRecordView()
  // What the act names, whatever is shared meanwhile.
  const { sections, kept } = props
  const { parts, facts, limits } = createSummary(() => sections)
  const at = new Date(kept.at)
  const name = () => `wellkeep-${localDateTime(at).date}`
  const page = () => {
    const { dir } = document.documentElement
    const title = t('summary.title', { name: shared?.recordName() ?? '' })
    const words = { title, language: language(), dir, limits: limits(), empty: t('summary.empty') }
    return new Blob([summaryHtml(words, facts(at), parts() ?? [])], { type: 'text/html' })
  }
  return (
    <Notice
      tone="success"
      title={t(props.kept.isTold ? 'copy.told' : 'copy.toldLater', { name: shared?.sharedBy() ?? '' })}
      actions={
        <>
          <Button tone="primary" onClick={() => downloadBlob(props.kept.fhir, `${name()}.json`)}>
            {t('copy.saveData')}
          </Button>
          <Button busy={parts() === undefined} onClick={() => downloadBlob(page(), `${name()}.html`)}>
            {t('copy.savePage')}
          </Button>
        </>
      }
    >
      {t('copy.ready')}
    </Notice>
  )
}
