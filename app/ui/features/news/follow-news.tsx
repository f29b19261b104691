import { createEffect } from 'solid-js'
import { createNews } from '../../record/create-news.ts'
import { useHost } from '../../session.ts'
import { RenewPush } from './renew-push.ts'

/** While the record is open: the number on the app's icon, and whatever keeps this device told once it is closed. */
export function FollowNews() {
  const host = useHost()
  const news = createNews()
  createEffect(() => {
    const count = news.count()
    if (news.isKnown()) void host.pushes().then(pushes => pushes.showCount(count))
  })
  return <RenewPush />
}
