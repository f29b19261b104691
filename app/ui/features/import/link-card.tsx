import { createSignal, Show } from 'solid-js'
import { formatDay, formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { ConfirmDialog } from '../../parts/dialog.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { PassphraseField } from '../../parts/passphrase-field.tsx'
import { TextField } from '../../parts/text-field.tsx'
import type { LinkStep } from './import-step.ts'
import { importFailureWords } from './failure-words.ts'
import styles from './import.module.css'

/** Whom a link leads to, before anybody is asked; and what they want to know. */
export function LinkCard(props: {
  readonly step: LinkStep
  readonly onFetch: (given: { readonly recipient: string; readonly passcode?: string }) => void
  readonly onCancel: () => void
}) {
  const info = () => props.step.info
  const [recipient, setRecipient] = createSignal(t('link.recipient.default'))
  const [passcode, setPasscode] = createSignal('')
  const [isMissing, setMissing] = createSignal(false)
  const fetchIt = () => {
    setMissing(info().needsPasscode && passcode().trim() === '')
    if (isMissing() || props.step.isFetching) return
    props.onFetch({ recipient: recipient(), ...(info().needsPasscode ? { passcode: passcode().trim() } : {}) })
  }
  return (
    <Card takesFocus title={t('link.title')}>
      <Show when={info().label}>
        {label => (
          <p>
            <strong dir="auto">{label()}</strong>
          </p>
        )}
      </Show>
      <p>{t('link.text', { host: info().host })}</p>
      <Show when={info().isLongTerm}>
        <p class={styles.soft}>{t('link.longTerm')}</p>
      </Show>
      <Show when={info().expiresAt}>
        {until => <p class={styles.soft}>{t('link.until', { date: formatDay(until()) })}</p>}
      </Show>
      <Form
        onSubmit={fetchIt}
        actions={
          <>
            <Button type="submit" tone="primary" busy={props.step.isFetching}>
              {t('link.fetch', { host: info().host })}
            </Button>
            <Button onClick={() => props.onCancel()}>{t('act.cancel')}</Button>
          </>
        }
      >
        <TextField
          label={t('link.recipient')}
          hint={t('link.recipient.hint')}
          value={recipient()}
          onInput={setRecipient}
          maxLength={100}
        />
        <Show when={info().needsPasscode}>
          <PassphraseField
            label={t('link.passcode')}
            hint={t('link.passcode.hint')}
            value={passcode()}
            onInput={setPasscode}
            error={isMissing() ? t('link.passcode.missing') : undefined}
          />
        </Show>
        <Show when={props.step.failure}>
          {failure => (
            <Notice tone="warning" alert>
              {importFailureWords(failure())}
            </Notice>
          )}
        </Show>
      </Form>
      <ConfirmDialog
        open={props.step.others !== undefined}
        onClose={() => props.step.others?.answer(false)}
        title={t('link.others.title')}
        act={t('link.others.fetch')}
        onConfirm={() => props.step.others?.answer(true)}
      >
        <p>{t('link.others.text', { hosts: formatList(props.step.others?.hosts ?? []) })}</p>
      </ConfirmDialog>
    </Card>
  )
}
