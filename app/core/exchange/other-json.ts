import type { OtherFormat } from '../import-session.ts'

/**
 * JSON that people choose by mistake, by member names that nothing else has: what makers of watches, scales and sensors hand out
 * (Google Fit, Fitbit, Samsung Health, Health Auto Export, Oura, Nightscout, Tidepool), openEHR, certificates by W3C.
 */
const FORMS: readonly (readonly [OtherFormat, RegExp])[] = [
  ['openehr', /"(?:archetype_node_id|archetype_details|ctx\/(?:language|territory))"\s*:|"_type"\s*:\s*"COMPOSITION"/],
  ['certificate', /"credentialSubject"\s*:/],
  [
    'app-data',
    /"(?:fitValue|dataTypeName|dataSourceId|minStartTimeNs|logId|heart_rate|datauuid|deviceuuid|qty|contributors|sgv|uploadId|bpm)"\s*:/,
  ],
]

/** What a text in JSON that is no FHIR is, as far as it is known. `start`: enough of its beginning. */
export function otherJson(start: string): OtherFormat | undefined {
  return FORMS.find(([, form]) => form.test(start))?.[0]
}
