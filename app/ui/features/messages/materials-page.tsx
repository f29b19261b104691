import { useNavigate, useSearchParams } from '@solidjs/router'
import BookmarkPlus from 'lucide-solid/icons/bookmark-plus'
import Send from 'lucide-solid/icons/send'
import { createSignal, createUniqueId, For, Match, Show, Switch } from 'solid-js'
import type { People } from '#app/core/people-session.ts'
import { MAX_MATERIAL_CHARS, webAddress } from '#schema/requests/material-content.ts'
import { formatList, formatNumber } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { BlobPicture } from '../../parts/blob-picture.tsx'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { ProgressBar } from '../../parts/progress-bar.tsx'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { SelectField } from '../../parts/select-field.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { showToast } from '../../parts/toast.tsx'
import { createLibrary } from '../../record/learn/library.ts'
import { MarkdownText } from '../../record/markdown/markdown-text.tsx'
import { createWatch, useRecordPath, useSession } from '../../session.ts'
import { createMaterial } from './create-material.ts'
import { KeptChoice } from './kept-choice.tsx'
import { MATERIAL_FORMS, type MaterialDraft } from './material-draft.ts'
import { MaterialFiles } from './material-files.tsx'
import { MaterialRecipients } from './material-recipients.tsx'
import styles from '../../record/messages/messages.module.css'

type Material = ReturnType<typeof createMaterial>

/** Something to read for those whom this person treats: written, or chosen, kept to be given again, and given to everybody who is ticked. */
export function MaterialsPage() {
  const to = useRecordPath()
  const session = useSession()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const people = createWatch<People>(listener => session.watchPeople(listener))
  const contacts = () => (people()?.contacts ?? []).filter(({ state }) => state === 'known')
  const material = createMaterial()
  const [ticked, setTicked] = createSignal<readonly string[]>(typeof search['to'] === 'string' ? [search['to']] : [])
  const send = async () => {
    const recipients = contacts().filter(({ contactId }) => ticked().includes(contactId))
    const places = await material.send(recipients)
    if (places === undefined) return
    const reached = recipients.filter(({ contactId }) => places.has(contactId))
    setTicked(all => all.filter(id => !places.has(id)))
    if (reached.length > 0)
      showToast({ message: t('materials.sent', { names: formatList(reached.map(one => one.name)) }) })
    if (reached.length < recipients.length) return
    material.clear()
    const [only] = places.values()
    const isOne = places.size === 1 && only !== undefined
    navigate(to(isOne ? `/messages/${only.conversationId}/request/${only.requestId}` : '/patients'))
  }
  return (
    <Page
      title={t('materials.title')}
      lead={t('materials.lead')}
      back={{ href: to('/patients'), label: t('patients.title') }}
      narrow
    >
      <Show when={people()} fallback={<output>{t('app.loading')}</output>}>
        <KeptChoice material={material} wanted={typeof search['from'] === 'string' ? search['from'] : undefined} />
        <Form onSubmit={send} actions={<Acts material={material} />}>
          <Fields material={material} />
          <MaterialRecipients
            contacts={contacts()}
            ticked={ticked()}
            onTick={setTicked}
            topic={topicIn(material.draft.draft())}
            error={material.isMissingToSend(ticked().length === 0)}
          />
          <Show when={material.sending()}>
            {sent => (
              <ProgressBar label={t('materials.progress', progressWords(sent()))} done={sent().done / sent().total} />
            )}
          </Show>
          <For each={material.failures()}>
            {words => (
              <Notice tone="danger" alert>
                {words}
              </Notice>
            )}
          </For>
        </Form>
      </Show>
    </Page>
  )
}

const topicIn = ({ form, topic }: MaterialDraft) => (form === 'topic' ? topic : '')

const progressWords = ({ done, total }: { readonly done: number; readonly total: number }) => ({
  done: formatNumber(done),
  total: formatNumber(total),
})

function Acts(props: { readonly material: Material }) {
  const keep = async () => {
    if ((await props.material.keep()) === true) showToast({ message: t('materials.kept') })
  }
  return (
    <>
      <Button tone="primary" type="submit" busy={props.material.underWay() === 'send'} icon={<Send size="1.25rem" />}>
        {t('materials.send')}
      </Button>
      <Button
        busy={props.material.underWay() === 'keep'}
        icon={<BookmarkPlus size="1.25rem" />}
        onClick={() => void keep()}
      >
        {t(props.material.draft.draft().keptId === '' ? 'materials.keep' : 'materials.keepChange')}
      </Button>
    </>
  )
}

function Fields(props: { readonly material: Material }) {
  const { draft } = props.material
  const said = () => draft.draft()
  const isWithoutFile = () => props.material.files.used().length === 0 && said().keptFiles.length === 0
  const addressError = () => {
    const typed = said().address.trim()
    return typed === '' || webAddress(typed) !== undefined
      ? props.material.missing(typed)
      : props.material.isMissing(true) && t('materials.addressWrong')
  }
  return (
    <>
      <TextField
        label={t('materials.name')}
        maxLength={200}
        value={said().title}
        error={props.material.missing(said().title)}
        onInput={title => draft.change({ title })}
      />
      <RadioGroup
        label={t('materials.what')}
        value={said().form}
        options={MATERIAL_FORMS.map(value => ({ value, label: t(`materials.what.${value}`) }))}
        onChange={form => draft.change({ form })}
      />
      <Switch>
        <Match when={said().form === 'text'}>
          <div class={styles.leaflet}>
            <TextField
              label={t('materials.text')}
              hint={t('materials.text.hint')}
              multiline
              maxLength={MAX_MATERIAL_CHARS}
              value={said().text}
              error={props.material.missing(said().text)}
              onInput={text => draft.change({ text })}
            />
          </div>
          <MaterialFiles material={props.material} label={t('materials.pictures')} />
          <Preview material={props.material} />
        </Match>
        <Match when={said().form === 'file'}>
          <MaterialFiles material={props.material} label={t('copy.choose')} />
          <Show when={props.material.isMissing(isWithoutFile())}>
            {words => (
              <p class={styles.error} role="alert">
                {words()}
              </p>
            )}
          </Show>
        </Match>
        <Match when={said().form === 'address'}>
          <TextField
            label={t('materials.address')}
            hint={t('materials.address.hint')}
            maxLength={2000}
            value={said().address}
            error={addressError() || undefined}
            onInput={address => draft.change({ address })}
          />
        </Match>
        <Match when={said().form === 'topic'}>
          <TopicField material={props.material} />
        </Match>
      </Switch>
      <TextField
        label={t('request.words')}
        optional
        multiline
        maxLength={2000}
        value={said().words}
        onInput={words => draft.change({ words })}
      />
    </>
  )
}

/** As it will be read. */
function Preview(props: { readonly material: Material }) {
  const id = createUniqueId()
  const [isOpen, setOpen] = createSignal(false)
  const picture = (name: string, words: string) => {
    const file = props.material.files.used().find(one => one.name === name)
    if (file === undefined) return t('material.picture.gone', { name: words || name })
    return <BlobPicture blob={file} alt={words || name} fallback={t('attachment.noPicture')} />
  }
  return (
    <>
      <div>
        <Button aria-expanded={isOpen()} aria-controls={id} onClick={() => setOpen(is => !is)}>
          {t('materials.preview')}
        </Button>
      </div>
      <Show when={isOpen()}>
        <div id={id}>
          <Card title={t('materials.preview')}>
            <MarkdownText text={props.material.draft.draft().text} picture={picture} />
          </Card>
        </div>
      </Show>
    </>
  )
}

function TopicField(props: { readonly material: Material }) {
  const library = createLibrary()
  const topic = () => props.material.draft.draft().topic
  return (
    <SelectField
      label={t('materials.topic')}
      value={topic()}
      options={[
        { value: '', label: '' },
        ...(library() ?? []).map(({ id, words }) => ({ value: id, label: words.name })),
      ]}
      error={props.material.missing(topic())}
      onChange={chosen => props.material.draft.change({ topic: chosen })}
    />
  )
}
