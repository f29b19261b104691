import { DropdownMenu } from '@kobalte/core/dropdown-menu'
import { useLocation, useNavigate } from '@solidjs/router'
import Check from 'lucide-solid/icons/check'
import ChevronsUpDown from 'lucide-solid/icons/chevrons-up-down'
import Plus from 'lucide-solid/icons/plus'
import { createMemo, For, Show } from 'solid-js'
import type { KeptRecords } from '#app/core/kept-session.ts'
import type { Shares } from '#app/core/share-session.ts'
import { t } from '../language/language.ts'
import { createWatch, useSession, useVault } from '../session.ts'
import { createKeptNews, newsCount } from '../record/create-kept-news.ts'
import { keptAbout } from '../record/kept-words.ts'
import { NewCount } from './new-count.tsx'
import styles from './record-switcher.module.css'

interface Choice {
  readonly base: string
  readonly name: string
  readonly about: string
  /** Of a record that is kept: how much is new in it. */
  readonly newCount?: number
}

/** Says whose record is on screen, and leads to the others. One's own comes first, and after every unlock. */
export function RecordSwitcher() {
  const navigate = useNavigate()
  const place = useLocation()
  const choices = createChoices()
  const current = createMemo(() => {
    const others = choices().filter(choice => choice.base !== '')
    return others.find(choice => `${place.pathname}/`.startsWith(`${choice.base}/`)) ?? choices()[0]!
  })
  /** Of what is on screen its own pages tell. */
  const elsewhere = () =>
    choices().reduce((sum, choice) => sum + (choice === current() ? 0 : (choice.newCount ?? 0)), 0)
  const label = () => {
    const words = t('switch.label', { name: current().name })
    return elsewhere() === 0 ? words : `${words} · ${t('switch.elsewhere', { count: elsewhere() })}`
  }
  return (
    <DropdownMenu placement="bottom-start">
      <DropdownMenu.Trigger class={styles.trigger} aria-label={label()}>
        <bdi class={styles.name}>{current().name}</bdi>
        <NewCount count={elsewhere()} />
        <ChevronsUpDown size="1.1rem" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content class={styles.menu}>
          <For each={choices()}>
            {choice => (
              <DropdownMenu.Item class={styles.item} onSelect={() => navigate(choice.base === '' ? '/' : choice.base)}>
                <span class={styles.words}>
                  <bdi class={styles.itemName}>{choice.name}</bdi>
                  <span class={styles.about}>{choice.about}</span>
                </span>
                <NewCount count={choice.newCount ?? 0} />
                <Show when={choice === current()}>
                  <Check size="1.2rem" aria-label={t('switch.here')} />
                </Show>
              </DropdownMenu.Item>
            )}
          </For>
          <DropdownMenu.Separator class={styles.line} />
          <DropdownMenu.Item class={styles.item} onSelect={() => navigate('/keep')}>
            <Plus size="1.2rem" />
            <span class={styles.words}>{t('keep.title')}</span>
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu>
  )
}

function createChoices() {
  const session = useSession()
  const vault = useVault()
  const kept = createWatch<KeptRecords>(listener => session.watchKept(listener))
  const shares = createWatch<Shares>(listener => session.watchShares(listener))
  const news = createKeptNews()
  const countIn = (id: string) => {
    const told = news().find(({ record }) => record.keptId === id)
    return told === undefined ? 0 : newsCount(told)
  }
  return createMemo((): Choice[] => {
    const state = vault()
    const own = { base: '', name: state.kind === 'open' ? state.personName : '', about: t('switch.own') }
    const mine = (kept()?.records ?? []).map(record => ({
      base: `/kept/${record.keptId}`,
      name: record.name,
      about: keptAbout(record),
      newCount: countIn(record.keptId),
    }))
    const accepted = shares()?.received.filter(share => share.state === 'accepted') ?? []
    const theirs = accepted.map(share => ({
      base: `/shared/${share.shareId}`,
      name: share.recordName,
      about: t('switch.shared', { name: share.contactName }),
    }))
    return [own, ...mine, ...theirs]
  })
}
