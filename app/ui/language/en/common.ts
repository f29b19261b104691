/** Words of the parts and the shell: what stands on every page. */
export const common = {
  'app.name': 'Wellkeep',
  'app.loading': 'Opening…',

  'act.add': 'Add',
  'act.back': 'Back',
  'act.cancel': 'Cancel',
  'act.close': 'Close',
  'act.edit': 'Edit',
  'act.remove': 'Remove',
  'act.save': 'Save',
  'act.tryAgain': 'Try again',
  'act.undo': 'Undo',

  'fresh.field': 'Your passphrase',
  'pass.needed': 'Type your passphrase first.',
  'fresh.wrong': 'This is not your passphrase.',
  'fresh.export.text': 'Anybody who has the file can read it. That is why your passphrase is asked for.',
  'fresh.pair.text':
    'The other device will be able to read and change everything. Your passphrase says that it is you who lets it in.',
  'fresh.pair.act': 'Let it in',
  'fresh.keys.text':
    'What you share with {name} will be open on their new Wellkeep, and on no older one. Your passphrase says that you want that.',
  'fresh.autoLock.text':
    'The app will stay open longer while nobody is at it. Your passphrase says that you want that.',
  'fresh.keys.act': 'Take the new one',
  'fresh.kit.text': 'These words open everything, on any device. To see them, please type your passphrase.',
  'fresh.kit.act': 'Show the kit',

  'field.half': 'A part of it is missing. Fill in all of it, or clear all of it.',
  'field.optional': 'optional',
  'field.show': 'Show {field}',
  'field.hide': 'Hide {field}',
  'field.needed': 'Please fill this in.',

  'nav.label': 'Main',
  'nav.home': 'Home',
  'nav.timeline': 'Timeline',
  'nav.add': 'Add',
  'nav.import': 'Bring in',
  'nav.people': 'Family & sharing',
  'nav.people.short': 'People',
  'nav.devices': 'Devices',
  'nav.settings': 'Settings',
  'nav.bin': 'Bin',
  'nav.more': 'More',
  'nav.skip': 'Skip to the content',
  'nav.lock': 'Lock now',
  'nav.notFound.title': 'There is no such page',
  'nav.notFound.text': 'The address may be mistyped, or what it named was deleted.',
  'nav.notFound.home': 'Go to the home page',

  'text.sentence': '{text}.',

  'toast.region': 'Messages',
  'toast.dismiss': 'Dismiss',

  'failed.title': 'Something went wrong on this page',
  'failed.text': 'Your record is safe: nothing that was saved is lost. Try again, or reload the app.',
  'failed.reload': 'Reload the app',
} as const
