/** Words of finding one's way: the record's sections, its history, its search. */
export const looking = {
  'nav.record': 'Record',
  'nav.track.short': 'Track',
  'record.lead': 'Everything that is kept here, by section.',
  'record.ways': 'Ways through the record',
  'record.timeline': 'Timeline and search',
  'record.sections': 'Sections',
  'record.empty': 'Nothing here yet',
  'history.title': 'Earlier versions',
  'history.text':
    'Everything that was changed here, the newest first. Nothing of it is lost; a version can be brought back as a new change.',
  'history.textRead': 'Everything that was changed here and that you were given, the newest first.',
  'history.show': 'Show what was changed',
  'history.none': 'Nothing from before is here: it was not given to you, or it was erased.',
  'history.added': 'Added',
  'history.imported': 'Brought in',
  'history.changed': 'Changed',
  'history.binned': 'Moved to the bin',
  'history.restored': 'Taken out of the bin',
  'history.before': 'Before:',
  'history.after': 'After:',
  'history.back': 'Go back to this version',
  'history.backOf': 'Go back to this version: {what}',
  'history.isNow': 'This is what it says now.',
  'history.broughtBack': 'The earlier version is back',
  'history.more': { one: 'Show one older change', other: 'Show {count} older changes' },
  'section.now': 'Now',
  'section.soFar': 'So far',
  'section.planned': 'To come',
  'section.over': 'Over, or not so',
  'section.told': 'What was said of this section',
  'section.none': 'Nothing here yet',
  'section.more': { one: 'Show one more', other: 'Show {count} more' },
  'section.timeline': 'Search and filter these',
  'section.byTest': 'By test, over time',
  'section.byTime': 'By time of day',
  'section.overTime': 'Over time, with goals',
  'vaccines.due': 'What is due',
  'vaccines.text': 'A source says so; ask your care team before you rely on it.',
  'vaccines.on': 'due {date}',
  'vaccines.earliest': 'from {date} on',
  'vaccines.said': 'Said by {source}, {date}',
  'teach.problems': 'Illnesses and conditions that you have or had. Bring in a file of your clinic, or write one down.',
  'teach.allergies':
    'What you react to, what happens, and how bad it is. In an emergency this is what others look for first. If you have none, tell your clinic to note it.',
  'teach.medicines':
    'What you take, how and what for. Write one down from its box, with its times, and you are reminded.',
  'teach.immunizations':
    'Which vaccine you had and when. Scan the code of a health card, bring in a file of your clinic or pharmacy, or add one from your vaccination booklet.',
  'teach.results':
    'Results come with the files of laboratories and clinics. You can write down single values yourself.',
  'teach.procedures':
    'Operations and treatments. They come with the files of hospitals and clinics, or you add them yourself.',
  'teach.devices':
    'Implants and devices, such as a pacemaker or a lens. They come with files of hospitals, or you add one yourself, with a photo of your implant card.',
  'teach.directives':
    'What you want to happen if you cannot say it yourself. Add what you decided, with a photo of the signed paper.',
  'teach.visits':
    'When you saw whom, and what for. Visits come with the files of clinics and hospitals, or you add one yourself.',
  'teach.documents': 'Letters, reports and photos. Add a PDF or take a photo: it is kept as it is and opened here.',
  'teach.family-history':
    'Illnesses of parents, siblings and children. They come with the files of clinics, or you add what you know.',
  'teach.care-team':
    'Who looks after you. They come with the files of clinics, or you add them yourself; whom you share with stands under Family & sharing.',
  'teach.coverage':
    'Your insurance. It comes with the files of insurers and clinics, or you add it yourself, with a photo of your card.',
  'teach.story': 'What matters to you, in your own words. Write a note.',
  'teach.own': 'It comes with the files that you bring in, or you add it yourself.',
  'teach.other': 'What comes here comes with the files that you bring in.',
} as const
