/** Words of finding one's way: the record's sections, its history, its search. */
export const looking = {
  'nav.record': 'Record',
  'nav.track.short': 'Track',
  'record.lead': 'Everything that is kept here, by section.',
  'record.ways': 'Ways through the record',
  'record.timeline': 'Timeline and search',
  'record.sections': 'Sections',
  'record.empty': 'Nothing here yet',
}
