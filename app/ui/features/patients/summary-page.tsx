import Printer from 'lucide-solid/icons/printer'
import { createSignal, For, Show } from 'solid-js'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { KeepDialog } from '../../record/keep-dialog.tsx'
import { useRecordView } from '../../session.ts'
import { createSummary } from './create-summary.ts'
import styles from './patients.module.css'

/** One patient's entries on paper, with what must stand on it. */
export function SummaryPage() {
  const { shared, base } = useRecordView()
  const { parts, facts, limits } = createSummary(() => undefined)
  const at = new Date()
  const [isAsking, setIsAsking] = createSignal(false)
  return (
    <Page
      title={t('summary.title', { name: shared?.recordName() ?? '' })}
      windowTitle={t('shared.window')}
      back={{ href: base }}
      actions={
        <span class={styles.noPrint}>
          <Button tone="primary" icon={<Printer size="1.2rem" />} onClick={() => setIsAsking(true)}>
            {t('summary.print')}
          </Button>
          <KeepDialog
            what="print"
            sections={shared?.sections() ?? []}
            open={isAsking()}
            onClose={() => setIsAsking(false)}
            onNoted={() => setTimeout(() => print())}
          />
        </span>
      }
    >
      <div class={styles.summary}>
        <dl class={styles.facts}>
          <For each={facts(at)}>
            {fact => (
              <>
                <dt>{fact.name}</dt>
                <dd>
                  <bdi>{fact.value}</bdi>
                </dd>
              </>
            )}
          </For>
        </dl>
        <Notice>
          <For each={limits()}>{words => <p>{words}</p>}</For>
        </Notice>
        <Show when={parts()} fallback={<output>{t('app.loading')}</output>}>
          {known => (
            <For each={known()}>
              {part => (
                <section class={styles.part}>
                  <h2>{part.title}</h2>
                  <Show when={part.lines.length > 0} fallback={<p class={styles.soft}>{t('summary.empty')}</p>}>
                    <ul class={styles.entries}>
                      <For each={part.lines}>{line => <li>{line}</li>}</For>
                    </ul>
                  </Show>
                </section>
              )}
            </For>
          )}
        </Show>
      </div>
    </Page>
  )
}
