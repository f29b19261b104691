/** Words about being told, while the app is closed, that something came. */
export const push = {
  'push.title': 'Tell this device that something came',
  'push.text':
    'While Wellkeep is closed, this device can show “Something new in Wellkeep”: never what it is, or who it is from. It is off until you turn it on, and counts for this device alone.',
  'push.reveals':
    'Your browser’s maker runs the service that passes the signal on. It learns that something came for this browser, and when, but not what or from whom. The server learns which device to signal.',
  'push.circles':
    'Circles, and records that you keep for others or act for, are left out: your server would have to keep which of them belong to this device. What is new in them is shown when you open Wellkeep.',
  'push.turnOn': 'Tell this device',
  'push.turnOff': 'Stop telling this device',
  'push.impossible':
    'This browser cannot be told while Wellkeep is closed. On an iPhone or iPad, first add Wellkeep to the home screen, and open it from there.',
  'push.refused': 'The browser was not allowed to. You can change that in its settings for this site.',
  'push.failed': 'The browser could not set it up. Try again later.',
  'push.notOffered': 'Your server does not offer this for your browser.',
  'push.unreachable': 'The server cannot be reached just now. Try again when you are online.',
  'push.quiet': 'Quiet hours',
  'push.quiet.same': 'Both say the same time. Say when the quiet hours end.',
  'push.quiet.text':
    'In these hours nothing is shown; what came is told once at their end. Only the server can hold it back, so it is told the hours, and with them when you may be asleep.',
  'push.quiet.from': 'From',
  'push.quiet.to': 'Until',
  'push.shown': 'Something new in Wellkeep',
} as const
