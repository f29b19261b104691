import { DropdownMenu } from '@kobalte/core/dropdown-menu'
import { useNavigate } from '@solidjs/router'
import CalendarClock from 'lucide-solid/icons/calendar-clock'
import CalendarPlus from 'lucide-solid/icons/calendar-plus'
import Files from 'lucide-solid/icons/files'
import ListChecks from 'lucide-solid/icons/list-checks'
import Pill from 'lucide-solid/icons/pill'
import Plus from 'lucide-solid/icons/plus'
import SquarePen from 'lucide-solid/icons/square-pen'
import { For, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { useRecordPath, useSettings } from '../../session.ts'
import styles from './new-menu.module.css'

const CHOICES = [
  { href: '/messages/new', icon: SquarePen, words: 'messages.write' },
  { href: '/messages/refill', icon: Pill, words: 'requests.refill' },
  { href: '/messages/appointment', icon: CalendarPlus, words: 'request.new.appointment' },
  { href: '/messages/copy', icon: Files, words: 'request.new.copy' },
] as const

/** For who looks after others. */
const FOR_PATIENTS = [
  { href: '/messages/questionnaire', icon: ListChecks, words: 'request.new.questionnaire' },
  { href: '/messages/free-times', icon: CalendarClock, words: 'slots.title' },
] as const

/** All that can be begun with somebody, behind one button: what is there already comes first on the page. */
export function NewMenu() {
  const settings = useSettings()
  return (
    <DropdownMenu placement="bottom-end" modal={false}>
      <DropdownMenu.Trigger as={Button} tone="primary" icon={<Plus size="1.25rem" />}>
        {t('messages.begin')}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content class={styles.menu}>
          <Choices choices={CHOICES} />
          <Show when={settings().looksAfterPatients}>
            <DropdownMenu.Separator class={styles.line} />
            <Choices choices={FOR_PATIENTS} />
          </Show>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu>
  )
}

function Choices(props: { readonly choices: typeof CHOICES | typeof FOR_PATIENTS }) {
  const navigate = useNavigate()
  const to = useRecordPath()
  return (
    <For each={props.choices}>
      {choice => (
        <DropdownMenu.Item class={styles.item} onSelect={() => navigate(to(choice.href))}>
          <Dynamic component={choice.icon} size="1.25rem" />
          {t(choice.words)}
        </DropdownMenu.Item>
      )}
    </For>
  )
}
