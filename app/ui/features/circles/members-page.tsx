import { useNavigate, useParams } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import type { CircleMember, CircleReport } from '#app/core/circle-session.ts'
import { type Avatar, AVATARS, MAX_RULES_CHARS } from '#schema/messages/circle.ts'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { showToast } from '../../parts/toast.tsx'
import { createMailCheck } from '../../record/create-mail-check.ts'
import { useOwnSession, useRecordPath, useSession } from '../../session.ts'
import { AskingCard } from './asking-card.tsx'
import { Avatar as Picture } from './avatar.tsx'
import { useCircle } from './circle-context.ts'
import { circleFailureWords, standingWords } from './circle-words.ts'
import styles from './circles.module.css'
import { InvitationsCard } from './invitations-card.tsx'
import { leaveFocus } from './leave-focus.ts'
import { PseudonymFields } from './pseudonym-fields.tsx'
import { tell } from './tell.ts'

/** Who is in a circle, its rules, and what its owner and this person may do about both. */
export function MembersPage() {
  const to = useRecordPath()
  const session = useSession()
  const circle = useCircle()
  const isOwner = () => circle().you.role === 'owner'
  // Whoever was invited may answer at any moment.
  createMailCheck(session)
  return (
    <Page
      title={t('circle.members')}
      windowTitle={t('circles.title')}
      back={{ href: to(''), label: circle().name }}
      narrow
    >
      <Show when={circle().asking.length > 0}>
        <AskingCard />
      </Show>
      <Show when={circle().reports.length > 0}>
        <Card title={t('circle.reports')}>
          <ul class={styles.list}>
            <For each={circle().reports}>{report => <ReportRow report={report} />}</For>
          </ul>
        </Card>
      </Show>
      <Card title={t('circle.members.list')}>
        <ul class={styles.list}>
          <For each={circle().members}>{member => <MemberRow member={member} />}</For>
        </ul>
      </Card>
      <Show when={isOwner() && !circle().isOver}>
        <InvitationsCard />
      </Show>
      <Rules />
      <Show when={!circle().isOver}>
        <Profile />
      </Show>
      <NewsChoice />
      <Leave />
    </Page>
  )
}

function ReportRow(props: { readonly report: CircleReport }) {
  const to = useRecordPath()
  const session = useSession()
  let row: HTMLLIElement | undefined
  leaveFocus(() => row)
  return (
    <li class={styles.said} ref={row}>
      <p>
        {t('circle.reports.about', { name: props.report.saidBy.name })}{' '}
        <Show when={props.report.excerpt} fallback={t('circle.reports.noText')}>
          {words => <q dir="auto">{words()}</q>}
        </Show>
      </p>
      <Show when={props.report.why} fallback={<p>{t('circle.reports.without', { name: props.report.by.name })}</p>}>
        {why => (
          <p>
            {t('circle.reports.by', { name: props.report.by.name })} <q dir="auto">{why()}</q>
          </p>
        )}
      </Show>
      <div class={styles.acts}>
        <LinkButton href={to(`/post/${props.report.postId}`)}>{t('circle.reports.look')}</LinkButton>
        <Button onClick={() => void tell(session.takeDown(props.report.saidId))}>{t('circle.takeDown')}</Button>
        <Button onClick={() => void tell(session.hideInCircle(props.report.saidId, false))}>
          {t('circle.reports.dealt')}
        </Button>
      </div>
    </li>
  )
}

function MemberRow(props: { readonly member: CircleMember }) {
  const session = useSession()
  const circle = useCircle()
  const [isRemoving, setIsRemoving] = createSignal(false)
  const [isStopping, setIsStopping] = createSignal(false)
  const mayChange = () => circle().you.role === 'owner' && !props.member.isYou && !circle().isOver
  const isModerator = () => props.member.role === 'moderator'
  const choose = (isChosen: boolean) => {
    const others = circle().members.filter(one => one.role === 'moderator' && one.id !== props.member.id)
    return tell(session.chooseModerators([...others, ...(isChosen ? [props.member] : [])].map(({ id }) => id)))
  }
  const stop = async () => {
    if (await choose(false)) setIsStopping(false)
  }
  const remove = async () => {
    if (await tell(session.removeFromCircle(props.member.id))) setIsRemoving(false)
  }
  const named = () => ({ name: props.member.name })
  let row: HTMLLIElement | undefined
  leaveFocus(() => row)
  return (
    <li class={styles.row} ref={row}>
      <Picture avatar={props.member.avatar} />
      <span class={styles.grow}>
        <strong>
          <bdi>{props.member.name}</bdi>
        </strong>
        <Show when={standingWords(props.member)}>{words => <span class={styles.soft}>{words()}</span>}</Show>
      </span>
      <Show when={mayChange()}>
        <span class={styles.acts}>
          <Button onClick={() => (isModerator() ? setIsStopping(true) : void choose(true))}>
            {isModerator() ? t('circle.moderator.end', named()) : t('circle.moderator.make', named())}
          </Button>
          <Button onClick={() => setIsRemoving(true)}>{t('circle.remove', named())}</Button>
        </span>
        <Dialog
          open={isStopping()}
          onClose={() => setIsStopping(false)}
          title={t('circle.moderator.end.title', named())}
          actions={
            <Button tone="danger" onClick={() => void stop()}>
              {t('circle.moderator.end.do')}
            </Button>
          }
        >
          <p>{t('circle.moderator.end.text')}</p>
        </Dialog>
        <Dialog
          open={isRemoving()}
          onClose={() => setIsRemoving(false)}
          title={t('circle.remove.title', named())}
          actions={
            <Button tone="danger" onClick={() => void remove()}>
              {t('circle.remove.do')}
            </Button>
          }
        >
          <p>{t('circle.remove.text')}</p>
        </Dialog>
      </Show>
    </li>
  )
}

function Rules() {
  const session = useSession()
  const circle = useCircle()
  const [text, setText] = createSignal<string>()
  const isOwner = () => circle().you.role === 'owner' && !circle().isOver
  return (
    <Card title={t('circle.rules')}>
      <Show
        when={isOwner()}
        fallback={
          <p class={styles.text} dir="auto">
            {circle().rules}
          </p>
        }
      >
        <Form
          onSubmit={() => void tell(session.changeRules(text() ?? circle().rules))}
          actions={<Button type="submit">{t('circle.save')}</Button>}
        >
          <TextField
            label={t('circle.rules')}
            hideLabel
            value={text() ?? circle().rules}
            onInput={setText}
            multiline
            maxLength={MAX_RULES_CHARS}
          />
        </Form>
      </Show>
    </Card>
  )
}

function Profile() {
  const session = useSession()
  const circle = useCircle()
  const [name, setName] = createSignal<string>()
  const [avatar, setAvatar] = createSignal<Avatar>()
  const [failure, setFailure] = createSignal<string>()
  const shownName = () => name() ?? circle().chosenName
  const shownAvatar = () => avatar() ?? AVATARS.find(one => one === circle().you.avatar) ?? 'squirrel'
  const save = async () => {
    const saved = await session.changeProfile({ name: shownName(), avatar: shownAvatar() })
    setFailure(saved.ok ? undefined : circleFailureWords(saved.failure))
    if (saved.ok) showToast({ message: t('circle.saved') })
  }
  return (
    <Card title={t('circle.profile')}>
      <Show when={circle().you.name !== circle().chosenName}>
        <Notice>{t('circle.profile.alike', { name: circle().you.name })}</Notice>
      </Show>
      <Form onSubmit={() => void save()} actions={<Button type="submit">{t('circle.save')}</Button>}>
        <PseudonymFields
          name={shownName()}
          avatar={shownAvatar()}
          error={shownName().trim() === '' ? t('field.needed') : failure()}
          onName={setName}
          onAvatar={setAvatar}
        />
      </Form>
    </Card>
  )
}

function NewsChoice() {
  const session = useSession()
  const circle = useCircle()
  return (
    <Card title={t('news.title')}>
      <p>{circle().isMuted ? t('circle.muted.text') : t('circle.news.text')}</p>
      <p class={styles.soft}>{t('circle.news.noPush')}</p>
      <div>
        <Button onClick={() => void tell(session.muteCircle(!circle().isMuted))}>
          {circle().isMuted ? t('circle.unmute') : t('circle.mute')}
        </Button>
      </div>
    </Card>
  )
}

function Leave() {
  const params = useParams()
  const session = useSession()
  const own = useOwnSession()
  const navigate = useNavigate()
  const circle = useCircle()
  const [isOpen, setIsOpen] = createSignal(false)
  const [isWorking, setIsWorking] = createSignal(false)
  const isOwner = () => circle().you.role === 'owner'
  const leave = async () => {
    setIsWorking(true)
    const left = await session.leaveCircle()
    const gone = left.ok ? await own.leaveKept(params.keptId ?? '') : left
    setIsWorking(false)
    if (gone.ok) navigate('/circles', { replace: true })
    else if (!left.ok) showToast({ message: circleFailureWords(left.failure) })
  }
  return (
    <div>
      <Button tone="danger" onClick={() => setIsOpen(true)}>
        {isOwner() ? t('circle.close') : t('circle.leave')}
      </Button>
      <Dialog
        open={isOpen()}
        onClose={() => setIsOpen(false)}
        title={t('circle.leave.title')}
        actions={
          <Button tone="danger" busy={isWorking()} onClick={() => void leave()}>
            {isOwner() ? t('circle.close') : t('circle.leave.do')}
          </Button>
        }
      >
        <p>{isOwner() ? t('circle.close.text') : t('circle.leave.text')}</p>
      </Dialog>
    </div>
  )
}
