export const waiting = {
  'welcome.have.backup': '从备份文件恢复',
  'meet.waits': '有人邀请您',
  'meet.waits.unlock': '解锁您的记录，即可看到是谁。',
  'meet.waits.create':
    '请先创建您的记录，或找回已有的记录。只要此窗口开着，邀请就会等您。如果您在另一台服务器上使用 Wellkeep，请在那里打开并粘贴链接。',
  'meet.banner': '您打开了一个邀请。',
  'meet.banner.act': '看看是谁的',
  'received.banner': { other: '有 {count} 个人想与您共享记录。' },
  'received.banner.act': '查看',
  'offer.banner': { other: '有 {count} 份记录提供给您。' },
  'offer.banner.practice': { other: '有 {count} 家诊所请您工作。' },
}
