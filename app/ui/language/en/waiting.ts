/** Words of what waits for somebody at the door: an invitation, an offer, a backup. */
export const waiting = {
  'welcome.have.backup': 'Restore from a backup file',
  'meet.waits': 'Somebody invites you',
  'meet.waits.unlock': 'Unlock your record to see who it is.',
  'meet.waits.create':
    'First create your record, or bring yours back. The invitation waits as long as this window is open. If you have Wellkeep on another server, open it there and paste the link.',
  'meet.banner': 'You have opened an invitation.',
  'meet.banner.act': 'See whose it is',
  'received.banner': {
    one: 'Somebody wants to share their record with you.',
    other: '{count} people want to share their record with you.',
  },
  'received.banner.act': 'Look',
  'offer.banner': { one: 'A record is offered to you.', other: '{count} records are offered to you.' },
  'offer.banner.practice': {
    one: 'You are asked to work in a practice.',
    other: 'You are asked to work in {count} practices.',
  },
} as const
