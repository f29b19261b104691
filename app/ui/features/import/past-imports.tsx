import { createSignal, For, Show } from 'solid-js'
import type { ImportInfo } from '#app/core/import-session.ts'
import type { SaveFailure } from '#app/core/session.ts'
import type { ImportId } from '#schema/record/entry.ts'
import type { Result } from '#schema/result.ts'
import { formatTime } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { ConfirmDialog } from '../../parts/dialog.tsx'
import { Named } from '../../parts/named.tsx'
import { showToast } from '../../parts/toast.tsx'
import { saveFailureWords } from '../../record/words.ts'
import { useViews } from '../../session.ts'
import styles from './import.module.css'
import { KeptLinkActs } from './kept-link.tsx'

type TakeBack = (importId: ImportId) => Promise<Result<{ readonly removed: number }, SaveFailure>>

/** Every file that was brought in, each to be taken back as one step. */
export function PastImports(props: {
  readonly imports: readonly ImportInfo[]
  readonly onTakeBack: TakeBack
  readonly onLookAgain: (info: ImportInfo) => void
  readonly onForgetLink: (importId: ImportId) => Promise<Result<void, SaveFailure>>
}) {
  const views = useViews()
  const [asked, setAsked] = createSignal<ImportInfo>()
  const [isWorking, setWorking] = createSignal(false)
  const takeBack = async (info: ImportInfo) => {
    setWorking(true)
    const answer = await props.onTakeBack(info.importId)
    setWorking(false)
    setAsked(undefined)
    showToast({
      message: answer.ok ? t('import.undone', { count: answer.value.removed }) : saveFailureWords(answer.failure),
    })
  }
  return (
    <Card title={t('import.past')}>
      <Show when={props.imports.length > 0} fallback={<p class={styles.soft}>{t('import.past.none')}</p>}>
        <ul class={styles.past}>
          <For each={props.imports.toSorted((a, b) => b.importedAt - a.importedAt)}>
            {info => (
              <li>
                <div>
                  <Show when={!info.isUndone} fallback={<bdi>{info.fileName}</bdi>}>
                    <a href={views.hrefOf({ sources: [info.importId] })}>
                      <bdi>{info.fileName}</bdi>
                    </a>
                  </Show>
                  <p class={styles.soft}>
                    {t('import.past.count', { count: info.count, date: formatTime(info.importedAt) })}
                  </p>
                </div>
                <Show when={!info.isUndone} fallback={<span class={styles.soft}>{t('import.past.undone')}</span>}>
                  <Button aria-label={`${t('import.undo')}: ${info.fileName}`} onClick={() => setAsked(info)}>
                    {t('import.undo')}
                  </Button>
                </Show>
                <Show when={info.link}>
                  {link => (
                    <KeptLinkActs
                      link={link()}
                      onLookAgain={() => props.onLookAgain(info)}
                      onForget={() => props.onForgetLink(info.importId)}
                    />
                  )}
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <ConfirmDialog
        open={asked() !== undefined}
        onClose={() => setAsked(undefined)}
        title={<Named words={file => t('import.undo.title', { file })} name={asked()?.fileName ?? ''} />}
        act={t('import.undo')}
        busy={isWorking()}
        onConfirm={() => {
          const info = asked()
          if (info !== undefined) void takeBack(info)
        }}
      >
        <p>{t('import.undo.text', { count: asked()?.count ?? 0 })}</p>
      </ConfirmDialog>
    </Card>
  )
}
