import { Navigate, useSearchParams } from '@solidjs/router'
import { createMemo, Show } from 'solid-js'
import { type EntryId, isEntryId } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { CheckField } from '../../parts/check-field.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { ProgressBar } from '../../parts/progress-bar.tsx'
import { PaperFailed } from '../../record/paper-failed.tsx'
import { createEntryWatch } from '../../record/read-entry.ts'
import { useWayOut } from '../../record/way-out.ts'
import { titleOf } from '../../record/words.ts'
import { usePapersInHand, useRecordPath, useRecordRights, useSession } from '../../session.ts'
import { AboutPaper } from './about-paper.tsx'
import { createPaper } from './create-paper.ts'
import { PaperFiles } from './paper-files.tsx'
import styles from './paper.module.css'

/** Files that become a document of the record; `?about=` names the entry that it belongs to. */
export function PaperPage() {
  const to = useRecordPath()
  const { mayAddPapers } = useRecordRights()
  const [search] = useSearchParams<{ about?: string }>()
  const about = () => (search.about !== undefined && isEntryId(search.about) ? search.about : undefined)
  const way = useWayOut()
  // What it is about may have been written just before, and stands no more where that was chosen.
  const back = () => (about() === undefined ? way.back(to('/add')) : { href: way.onward(to(`/entry/${about()}`)) })
  return (
    <Show when={mayAddPapers(about() !== undefined)} fallback={<Navigate href={to('/add')} />}>
      <Page title={t('paper.title')} lead={t('paper.lead')} back={back()} narrow>
        <PaperForm about={about()} />
      </Page>
    </Show>
  )
}

function PaperForm(props: { readonly about: EntryId | undefined }) {
  const form = createPaper(() => props.about)
  const { isOwn } = useRecordRights()
  const inHand = usePapersInHand().take()
  if (inHand.length > 0) {
    form.add(inHand)
    form.change({ isEach: inHand.length > 1 })
  }
  const watched = createEntryWatch(useSession(), () => props.about)
  const owner = createMemo(() => watched()?.entry?.summary)
  // What belongs to something private is private.
  const isBound = () => owner()?.isPrivate === true
  const isPrivate = () => isOwn && (isBound() || form.isPrivate() === true)
  return (
    <Form
      onSubmit={() => void form.submit(isPrivate())}
      actions={
        <>
          <Button tone="primary" type="submit" wide busy={form.isSaving()}>
            {form.isSaving() ? t('add.saving') : t('act.save')}
          </Button>
          <Show when={form.isSaving()}>
            <Button wide onClick={() => form.cancel()}>
              {t('act.cancel')}
            </Button>
          </Show>
        </>
      }
    >
      <Show when={owner()}>
        {entry => (
          <Notice>
            <p>{t('paper.about', { title: titleOf(entry()) })}</p>
            <p>{t('annotation.fileHint')}</p>
          </Notice>
        )}
      </Show>
      <PaperFiles
        files={form.draft().files}
        error={form.errorOf('files') === undefined ? undefined : t('paper.required')}
        disabled={form.isSaving()}
        onAdd={files => form.add(files)}
        onRemove={file => form.remove(file)}
      />
      <Show when={form.draft().files.length > 1}>
        <div class={styles.tick}>
          <CheckField
            label={t('paper.each')}
            checked={form.draft().isEach}
            onChange={isEach => form.change({ isEach })}
          />
          <Show when={form.isApart()}>
            <p class={styles.soft}>{t('paper.each.hint')}</p>
          </Show>
        </div>
      </Show>
      <Show when={!form.isApart()}>
        <AboutPaper form={form} />
      </Show>
      <div class={styles.tick}>
        <CheckField
          label={t('paper.keepAsIs')}
          checked={form.draft().keepAsIs}
          onChange={keepAsIs => form.change({ keepAsIs })}
        />
        <p class={styles.soft}>{t('paper.keepAsIs.hint')}</p>
      </div>
      <Show when={isOwn && !isBound()}>
        <CheckField label={t('private.add')} checked={isPrivate()} onChange={isOn => form.setPrivate(isOn)} />
      </Show>
      <Show when={form.isSaving()}>
        <ProgressBar label={t('add.saving')} done={form.progress()?.done} />
      </Show>
      <PaperFailed failure={form.failure()} />
    </Form>
  )
}
