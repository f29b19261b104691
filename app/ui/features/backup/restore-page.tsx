import { createUniqueId, Show } from 'solid-js'
import type { RestoreFailure } from '#app/core/backup-session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { PassphraseField } from '../../parts/passphrase-field.tsx'
import { useSession } from '../../session.ts'
import { backupFailureWords } from './backup-failure.ts'
import styles from './backup.module.css'
import { createRestore } from './create-restore.ts'
import { FileButton } from '../../parts/file-button.tsx'
import { KeyField } from './key-field.tsx'
import { Report } from './report.tsx'
import { Working } from './working.tsx'

/** Where there is no record: brings one back from a file, with the words or the code of its kit. */
export function RestorePage() {
  const flow = createRestore(useSession())
  const isRead = () => flow.report() !== undefined
  return (
    <Page title={t('restore.title')} lead={t('restore.lead')} back={{ href: '/' }} narrow>
      <Form
        onSubmit={() => flow.submit()}
        actions={
          <Show when={flow.working() === undefined}>
            <Button type="submit" tone="primary">
              {isRead() ? t('restore.act') : t('restore.look')}
            </Button>
          </Show>
        }
      >
        <ChosenFile file={flow.file()} error={flow.fileError()} onFile={flow.choose} />
        <KeyField value={flow.key()} onInput={flow.typeKey} check={flow.check()} onCheck={() => void flow.checkNow()} />
        <Show when={flow.report()}>{report => <Report report={report()} />}</Show>
        <Show when={isRead()}>
          <PassphraseField
            label={t('pass.new')}
            hint={t('restore.passphrase')}
            value={flow.passphrase()}
            onInput={flow.setPassphrase}
            error={flow.passphraseError()}
            isNew
          />
        </Show>
        <Failed failure={flow.failure()} isRead={isRead()} />
        <Show when={flow.working()}>
          {what => <Working label={what() === 'looking' ? t('restore.looking') : t('restore.working')} />}
        </Show>
      </Form>
    </Page>
  )
}

function ChosenFile(props: {
  readonly file: File | undefined
  readonly error: string | undefined
  readonly onFile: (file: File) => void
}) {
  const id = createUniqueId()
  return (
    <div class={styles.file} role="group" aria-labelledby={id}>
      <span class={styles.label} id={id}>
        {t('restore.file')}
      </span>
      <Show when={props.file}>
        {file => (
          <bdi class={styles.name} dir="auto">
            {file().name}
          </bdi>
        )}
      </Show>
      <FileButton
        label={props.file === undefined ? t('restore.file.choose') : t('restore.file.other')}
        onFile={props.onFile}
      />
      <Show when={props.error}>
        <span class={styles.error} role="alert">
          {props.error}
        </span>
      </Show>
    </div>
  )
}

/** Not for a key that was mistyped: that stands beside it. */
function Failed(props: { readonly failure: RestoreFailure | undefined; readonly isRead: boolean }) {
  const words = () => props.failure && backupFailureWords(props.failure)
  const title = () => (props.isRead ? t('restore.failed') : t('backup.check.bad'))
  return (
    <Show when={words()}>
      <Show
        when={props.failure?.kind !== 'cancelled'}
        fallback={
          <p role="status">
            {words()} {t('restore.unchanged')}
          </p>
        }
      >
        <Notice tone="danger" title={title()} alert>
          <p>{words()}</p>
          <p>{t('restore.unchanged')}</p>
        </Notice>
      </Show>
    </Show>
  )
}
