import Plus from 'lucide-solid/icons/plus'
import { createEffect, createSignal, For, on, Show } from 'solid-js'
import type { SaveFailure } from '#app/core/session.ts'
import type { Template, Workspace } from '#app/core/workspace-session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { ConfirmDialog } from '../../parts/dialog.tsx'
import { Form } from '../../parts/form.tsx'
import { Page } from '../../parts/page.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { showToast } from '../../parts/toast.tsx'
import { FailureNotice } from '../../record/failure-notice.tsx'
import { createWatch, useRecordPath, useSession } from '../../session.ts'
import { KeptMaterials } from './kept-materials.tsx'
import styles from './patients.module.css'

/** What somebody who looks after patients says often: how soon they answer, and texts to answer with. */
export function AnswersPage() {
  const to = useRecordPath()
  const session = useSession()
  const workspace = createWatch<Workspace>(listener => session.watchWorkspace(listener))
  return (
    <Page
      title={t('answers.title')}
      lead={t('answers.lead')}
      back={{ href: to('/patients'), label: t('patients.title') }}
      narrow
    >
      <Show when={workspace()} fallback={<output>{t('app.loading')}</output>}>
        {known => (
          <>
            <Times text={known().answerTimes} />
            <Templates templates={known().templates} />
            <KeptMaterials />
          </>
        )}
      </Show>
    </Page>
  )
}

function Times(props: { readonly text: string }) {
  const session = useSession()
  const [text, setText] = createSignal(props.text)
  const [failure, setFailure] = createSignal<SaveFailure>()
  // Said on another device meanwhile.
  createEffect(on(() => props.text, setText, { defer: true }))
  const save = async () => {
    const saved = await session.sayAnswerTimesEverywhere(text())
    setFailure(saved.ok ? undefined : saved.failure)
    if (saved.ok) showToast({ message: t('answers.times.saved') })
  }
  return (
    <Card title={t('message.answers.edit')} fields>
      <Form onSubmit={save} actions={<Button type="submit">{t('message.answers.save')}</Button>}>
        <TextField
          label={t('answers.times')}
          hint={t('answers.times.hint')}
          maxLength={200}
          value={text()}
          onInput={setText}
        />
        <FailureNotice failure={failure()} />
      </Form>
    </Card>
  )
}

const newTemplate = (): Template => ({ id: crypto.randomUUID().replaceAll('-', ''), title: '', text: '' })

function Templates(props: { readonly templates: readonly Template[] }) {
  const [edited, setEdited] = createSignal<Template>()
  return (
    <Card title={t('answers.templates')}>
      <Show when={props.templates.length === 0 && edited() === undefined}>
        <p class={styles.soft}>{t('answers.none')}</p>
      </Show>
      <ul class={styles.list}>
        <For each={props.templates}>
          {template => <TemplateRow template={template} onEdit={() => setEdited(template)} />}
        </For>
      </ul>
      <Show
        when={edited()}
        keyed
        fallback={
          <div>
            <Button icon={<Plus size="1.2rem" />} onClick={() => setEdited(newTemplate())}>
              {t('answers.add')}
            </Button>
          </div>
        }
      >
        {template => <TemplateForm template={template} onClose={() => setEdited()} />}
      </Show>
    </Card>
  )
}

function TemplateRow(props: { readonly template: Template; readonly onEdit: () => void }) {
  const session = useSession()
  const [isRemoving, setIsRemoving] = createSignal(false)
  const [failure, setFailure] = createSignal<SaveFailure>()
  const remove = async () => {
    const removed = await session.removeTemplate(props.template.id)
    setFailure(removed.ok ? undefined : removed.failure)
    setIsRemoving(false)
  }
  return (
    <li class={styles.template}>
      <h3 dir="auto">{props.template.title}</h3>
      <p dir="auto">{props.template.text}</p>
      <div class={styles.acts}>
        <Button onClick={() => props.onEdit()}>{t('answers.edit', { title: props.template.title })}</Button>
        <Button tone="plain" onClick={() => setIsRemoving(true)}>
          {t('answers.remove', { title: props.template.title })}
        </Button>
      </div>
      <FailureNotice failure={failure()} />
      <ConfirmDialog
        open={isRemoving()}
        title={t('answers.remove', { title: props.template.title })}
        act={t('answers.remove.yes')}
        onConfirm={() => void remove()}
        onClose={() => setIsRemoving(false)}
      >
        <p>{t('answers.remove.text')}</p>
      </ConfirmDialog>
    </li>
  )
}

function TemplateForm(props: { readonly template: Template; readonly onClose: () => void }) {
  const session = useSession()
  const [title, setTitle] = createSignal(props.template.title)
  const [text, setText] = createSignal(props.template.text)
  const [isTried, setIsTried] = createSignal(false)
  const [failure, setFailure] = createSignal<SaveFailure>()
  const missing = (value: string) => (isTried() && value.trim() === '' ? t('request.needed') : undefined)
  const save = async () => {
    setIsTried(true)
    if (title().trim() === '' || text().trim() === '') return
    const saved = await session.saveTemplate({ id: props.template.id, title: title(), text: text() })
    if (saved.ok) props.onClose()
    else setFailure(saved.failure)
  }
  return (
    <Form
      onSubmit={save}
      actions={
        <>
          <Button tone="primary" type="submit">
            {t('act.save')}
          </Button>
          <Button onClick={() => props.onClose()}>{t('act.cancel')}</Button>
        </>
      }
    >
      <TextField
        label={t('answers.name')}
        maxLength={200}
        value={title()}
        error={missing(title())}
        onInput={setTitle}
      />
      <TextField
        label={t('answers.text')}
        multiline
        maxLength={20_000}
        value={text()}
        error={missing(text())}
        onInput={setText}
      />
      <FailureNotice failure={failure()} />
    </Form>
  )
}
