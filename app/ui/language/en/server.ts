/** Words of the page about one’s own server. */
export const server = {
  'server.title': 'Your server',
  'server.sample': 'A sample is on no server. It stays on this device.',
  'server.code.title': 'Whom it takes',
  'server.code.given':
    'You have entered a code, and your other devices use it too. Should the host give you another one, enter it here.',
  'server.code.hint': 'Whoever runs this server gave it to you, on paper perhaps or in a message.',
  'server.code.notAsked': 'This server takes everybody, and asks for no code.',
  'server.code.unreachable': 'The server cannot be reached just now, so it is not known whether it asks for a code.',
  'server.code.use': 'Use this code',
  'server.code.taken': 'The code is saved for all your devices',
  'server.code.notTaken': 'The server does not know this code. Look whether it is whole, or ask its host.',
  'server.code.locked': 'Your record is locked. Unlock it first.',
  'server.second.title': 'A second server',
  'server.second.text':
    'It gets a sealed copy of everything that you have, from your devices. Should your server be lost one day, open Wellkeep at the second one and bring your record back with your 24 words.',
  'server.second.not':
    'Not copied are records that you keep for others, circles, and links that you handed out: these lead to your own server.',
  'server.second.add': 'Add a second server',
  'server.second.address': 'Its address',
  'server.second.codeHint': 'If it takes only people whom its host gave one.',
  'server.second.asks':
    'Whoever runs {host} gets everything that you have and that comes, sealed, and can read none of it.',
  'server.second.own': 'This is the server that you use already.',
  'server.second.away': 'This server cannot be reached just now, or there is none.',
  'server.second.noRelay': 'What answers there is no Wellkeep server.',
  'server.second.needsCode': 'This server takes only people whom its host gave a code. Enter it.',
  'server.second.working': 'The copy is on its way.',
  'server.second.brokenOff':
    'You broke the copy off on this device. It goes on when you say so, or unlock the next time.',
  'server.second.breakOff': 'Break off',
  'server.second.goOn': 'Go on',
  'server.second.level': 'Everything was there on {time}.',
  'server.second.unreachable': 'It cannot be reached just now. Your devices keep trying.',
  'server.second.not-admitted':
    'It does not take you any more without another code. Remove it, and add it again with that.',
  'server.second.full': 'It has no more room for you. Ask its host for more.',
  'server.second.refused': 'It refuses the copy. Tell its host the reason: “{reason}”.',
  'server.second.partly': {
    one: 'It lacks {count} older piece that this device never had. Open Wellkeep on the device that you have had longest.',
    other:
      'It lacks {count} older pieces that this device never had. Open Wellkeep on the device that you have had longest.',
  },
  'server.second.remove': 'Remove the second server',
  'server.second.removeText':
    'What lies at {host} can be deleted first. If you leave it, its host has it still, sealed.',
  'server.second.delete': 'Delete what is there',
  'server.second.leave': 'Leave it there',
  'server.second.notDeleted': 'The server cannot be reached, so nothing was deleted and nothing changed.',
  'server.move.title': 'Move to another server',
  'server.move.text':
    'Everything that you have goes there, and your devices and contacts follow by themselves. Thirty days later it is deleted here.',
  'server.move.not':
    'Records that you keep for others, and circles, stay where they are. Notifications end: turn them on again afterwards on each device.',
  'server.move.begin': 'Move to another server',
  'server.move.asks':
    'Your record goes to {host}. Whoever runs that server gets everything, sealed, and can read none of it.',
  'server.move.links': {
    one: '{count} link that you handed out leads to the server of now. It cannot come along.',
    other: '{count} links that you handed out lead to the server of now. They cannot come along.',
  },
  'server.move.links.end': 'End them, and move',
  'server.move.links.wait': 'Move once they are over',
  'server.move.hasSecond': 'You have another second server. Remove it first, or move to that one.',
  'server.move.stillMoving': 'What was at the server before is not deleted yet. Wait until it is, or delete it first.',
  'server.move.copying':
    'Your record is going to {host}. Once everything is there, all your devices go over by themselves. Until then nothing changes for you.',
  'server.move.waiting': {
    one: 'Everything is at {host}. {count} link that you handed out still leads to the server before: once it is over or you end it, your devices go over.',
    other:
      'Everything is at {host}. {count} links that you handed out still lead to the server before: once they are over or you end them, your devices go over.',
  },
  'server.move.cancel': 'Do not move',
  'server.move.cancelNote': 'What is there already then stays as your second server.',
  'server.move.tooLate': 'It has gone over already.',
  'server.move.moved': 'Your record moved to {host} on {time}.',
  'server.move.left':
    'Letters that still come to {host} are read. What was there is deleted after {time}, once every device and contact of yours knows.',
  'server.move.app':
    'The app on this device still comes from {before}. Before you leave that server for good, open Wellkeep at {address} on this device and join it there to another device of yours, or use your 24 words.',
  'server.move.kit': 'Your recovery kit names the server before: write {address} on it.',
  'server.move.delete': 'Delete what is left there',
} as const
