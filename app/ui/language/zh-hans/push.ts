import type { push as en } from '../en/push.ts'
import type { Message } from '../message.ts'

export const push = {
  'push.title': '有新内容时通知本设备',
  'push.text':
    'Wellkeep 关闭时，本设备可以显示“Wellkeep 有新内容”，绝不显示内容或来自谁。您打开之前它是关闭的，而且只对本设备有效。',
  'push.reveals':
    '传递信号的服务由您浏览器的制造商运营。它会知道有内容发给此浏览器以及时间，但不知道内容或来自谁。服务器会知道要通知哪台设备。',
  'push.circles':
    '圈子，以及您替他人保管或代为处理的记录不在此列：否则您的服务器就得保存其中哪些属于此设备。打开 Wellkeep 时会看到其中的新内容。',
  'push.turnOn': '通知本设备',
  'push.turnOff': '停止通知本设备',
  'push.impossible':
    'Wellkeep 关闭时无法通知此浏览器。在 iPhone 或 iPad 上，请先把 Wellkeep 添加到主屏幕，再从那里打开。',
  'push.refused': '浏览器未获允许。您可以在浏览器的网站设置中更改。',
  'push.failed': '浏览器未能完成设置。请稍后再试。',
  'push.notOffered': '您的服务器不为您的浏览器提供此功能。',
  'push.unreachable': '现在无法连接服务器。请在联网后再试。',
  'push.quiet': '免打扰时段',
  'push.quiet.same': '两个时间相同。请填写安静时段的结束时间。',
  'push.quiet.text':
    '在此时段内不显示任何通知；期间收到的内容在时段结束时通知一次。只有服务器能够推迟通知，因此它会得知此时段，也就得知您可能何时在睡觉。',
  'push.quiet.from': '从',
  'push.quiet.to': '到',
  'push.shown': 'Wellkeep 有新内容',
} as const satisfies Record<keyof typeof en, Message>
