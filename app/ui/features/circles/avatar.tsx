import Bird from 'lucide-solid/icons/bird'
import Cloud from 'lucide-solid/icons/cloud'
import Fish from 'lucide-solid/icons/fish'
import Leaf from 'lucide-solid/icons/leaf'
import Rabbit from 'lucide-solid/icons/rabbit'
import Sailboat from 'lucide-solid/icons/sailboat'
import Squirrel from 'lucide-solid/icons/squirrel'
import Star from 'lucide-solid/icons/star'
import TreePine from 'lucide-solid/icons/tree-pine'
import Turtle from 'lucide-solid/icons/turtle'
import { Dynamic } from 'solid-js/web'
import { type Avatar as AvatarName, AVATARS } from '#schema/messages/circle.ts'
import { t } from '../../language/language.ts'
import { RadioGroup } from '../../parts/radio-group.tsx'
import styles from './circles.module.css'

const ICONS = {
  squirrel: Squirrel,
  bird: Bird,
  fish: Fish,
  turtle: Turtle,
  rabbit: Rabbit,
  tree: TreePine,
  leaf: Leaf,
  star: Star,
  sailboat: Sailboat,
  cloud: Cloud,
} as const satisfies Record<AvatarName, unknown>

/** Decoration beside a name. */
export function Avatar(props: { readonly avatar: string }) {
  const icon = () => ICONS[AVATARS.find(one => one === props.avatar) ?? 'squirrel']
  return (
    <span class={styles.avatar} aria-hidden="true">
      <Dynamic component={icon()} size="1.25rem" />
    </span>
  )
}

export function AvatarChoice(props: { readonly value: AvatarName; readonly onChange: (avatar: AvatarName) => void }) {
  return (
    <div class={styles.choice}>
      <Avatar avatar={props.value} />
      <RadioGroup
        label={t('circle.avatar')}
        value={props.value}
        options={AVATARS.map(value => ({ value, label: t(`avatar.${value}`) }))}
        onChange={props.onChange}
      />
    </div>
  )
}
