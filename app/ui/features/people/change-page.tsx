import { type RouteSectionProps, useParams } from '@solidjs/router'
import { createMemo, type JSX, Show } from 'solid-js'
import type { People } from '#app/core/people-session.ts'
import type { GivenShare, Shares } from '#app/core/share-session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { PassphraseField } from '../../parts/passphrase-field.tsx'
import { isGoing } from '../../record/share-words.ts'
import { UntilChoice } from '../../record/until-choice.tsx'
import { createWatch, useSession, useRecordPath } from '../../session.ts'
import { createShareChange, type ShareChange } from './create-share-change.ts'
import { NotCompared } from './not-compared.tsx'
import { PastEnds } from './past-ends.tsx'
import styles from './people.module.css'
import { SectionChoice } from './section-choice.tsx'
import { ShareFailed } from '../../record/share-failed.tsx'
import { EntryPreview, makePreviewPlace, SharePreview } from './share-preview.tsx'

/** More or fewer sections, more or less time. What widens asks for the passphrase, what narrows does not. */
export function ChangePage(props: RouteSectionProps) {
  const to = useRecordPath()
  const params = useParams()
  const session = useSession()
  const shares = createWatch<Shares>(listener => session.watchShares(listener))
  const share = createMemo(() => shares()?.given.find(one => one.shareId === params.shareId && isGoing(one)))
  return (
    <Show when={shares()} fallback={<Page title={t('app.loading')}>{''}</Page>}>
      <Show
        when={share()}
        fallback={
          <Page title={t('change.window')} back={{ href: to(`/people/${params.contactId}`) }} narrow>
            <Notice>{t('change.over')}</Notice>
          </Page>
        }
      >
        {known => <Change share={known()}>{props.children}</Change>}
      </Show>
    </Show>
  )
}

/** `children`: the page of an entry that was opened in the preview. */
function Change(props: { readonly share: GivenShare; readonly children: JSX.Element }) {
  const to = useRecordPath()
  const params = useParams()
  const change = createShareChange(props.share)
  const place = makePreviewPlace()
  const page = () => to(`/people/${props.share.contactId}/share/${props.share.shareId}`)
  const preview = () => ({
    sections: change.added(),
    until: change.form.until() ?? undefined,
    base: page(),
    backHref: page(),
  })
  const isEntry = () => params.id !== undefined && change.added().length > 0
  return (
    <Show
      when={!isEntry()}
      fallback={
        <EntryPreview preview={preview()} contactName={props.share.contactName} place={place}>
          {props.children}
        </EntryPreview>
      }
    >
      <Page
        title={t('change.title', { name: props.share.contactName })}
        windowTitle={t('change.window')}
        back={{ href: to(`/people/${props.share.contactId}`) }}
        narrow
      >
        <ChangeForm
          change={change}
          share={props.share}
          preview={<SharePreview form={change.form} preview={preview()} place={place} />}
        />
      </Page>
    </Show>
  )
}

function ChangeForm(props: {
  readonly change: ShareChange
  readonly share: GivenShare
  /** Of the sections that they would see more. */
  readonly preview: JSX.Element
}) {
  const { form, hasTried } = props.change
  return (
    <Form
      onSubmit={() => props.change.save()}
      actions={
        <Button type="submit" tone="primary" busy={props.change.isWorking()}>
          {t('act.save')}
        </Button>
      }
    >
      <SectionChoice
        counts={form.counts()}
        chosen={props.change.chosen()}
        onChange={sections => form.change({ sections })}
      />
      <UntilChoice
        mayBeOpen
        draft={form.draft()}
        kept={props.change.ended ?? null}
        isDateWrong={hasTried() && form.until() === undefined}
        onChange={part => form.change(part)}
      />
      <Show when={props.change.isNarrower()}>
        <Notice>{t('change.narrower')}</Notice>
      </Show>
      <Show when={props.change.isWider()}>
        <Wider change={props.change} share={props.share} preview={props.preview} />
      </Show>
      <Show when={hasTried() && props.change.isSame()}>
        <p class={styles.soft} role="status">
          {t('change.same')}
        </p>
      </Show>
      <Show when={!props.change.signature.isWrong()}>
        <ShareFailed failure={props.change.failure()} />
      </Show>
    </Form>
  )
}

/** What they get more, to be looked at before it is signed. */
function Wider(props: { readonly change: ShareChange; readonly share: GivenShare; readonly preview: JSX.Element }) {
  const session = useSession()
  const people = createWatch<People>(listener => session.watchPeople(listener))
  const contact = () => people()?.contacts.find(one => one.contactId === props.share.contactId)
  const { signature, past } = props.change
  return (
    <>
      <p>{t('change.wider')}</p>
      <Show when={props.change.added().length > 0}>
        <Show when={!props.share.withHistory}>
          <PastEnds sections={props.change.added()} />
        </Show>
        <Show when={past()}>{words => <Notice title={t('share.history.all')}>{words()}</Notice>}</Show>
        <p>{t('share.preview', { name: props.share.contactName })}</p>
        {props.preview}
      </Show>
      <Show when={contact()}>{known => <NotCompared contact={known()} />}</Show>
      <PassphraseField
        label={t('share.passphrase')}
        value={signature.passphrase()}
        onInput={signature.setPassphrase}
        error={signature.isWrong() ? t('share.failed.wrong-passphrase') : undefined}
      />
    </>
  )
}
