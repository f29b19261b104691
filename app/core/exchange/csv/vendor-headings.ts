import type { ColumnUse } from '../../table-session.ts'

/** What one program or meter calls its columns. */
interface VendorHeadings {
  readonly from: string
  /** Where the words stand in public, and when they were looked up there. Nobody asked the vendor. */
  readonly seen: string
  /** Less their unit, parted by bars, each once over all vendors. With a unit where only that says what they mean. */
  readonly words: readonly (readonly [ColumnUse, string])[]
}

/**
 * Headings of exports, beyond what people call their columns anyway. Only such as public sources quote: they belong to whoever
 * quoted them, and a vendor may change them, then the person is asked. docs/how-to/bring-in-tables.md has the whole headings.
 */
export const VENDOR_HEADINGS: readonly VendorHeadings[] = [
  {
    from: 'Ascensia Contour',
    seen: 'pawel-worwag/HealthReport (ContourCsvParserTests.cs), contour_import.py and two converters of ContourCSVReport_*.csv on GitHub, 2026-11-27',
    words: [
      ['when', 'datum und zeit|data i godzina'],
      ['glucose', 'readings [mg/dl]|readings [mmol/l]|messungen [mg/dl]|messungen [mmol/l]|bgvalue'],
      ['note', 'mahlzeit-markierung|znacznik posiłku|uwagi|activity|aktywność|posiłek|medication|leki'],
      ['left-out', '#|data source|źródło danych|location|lokalizacja'],
    ],
  },
  {
    from: 'Accu-Chek Mobile',
    seen: 'zoetrope69/drac (drac.js, processFileAccuChekMobile), 2026-11-27',
    words: [
      ['note', 'temperature warning|out of target range|other|before meal|after meal'],
      ['control', 'control test'],
    ],
  },
  {
    from: 'OneTouch Reveal',
    seen: 'OneTouchRevealLogParser (Item Type,Date and Time,Value,Unit,Manual,Additional Value,Notes) and parseVitalCsv.test.js on GitHub, 2026-11-27',
    words: [
      ['what', 'item type'],
      ['glucose', 'blood sugar reading|blood glucose reading'],
      ['note', 'additional value|additional notes'],
      ['left-out', 'manual|recommended range'],
    ],
  },
  {
    from: 'OMRON connect',
    seen: 'a dashboard of its export (csv-parser.js, DEFAULT_CSV) and a reader of “[OMRON] ….csv” on GitHub, 2026-11-27',
    words: [
      ['zone', 'timezone|time zone|zeitzone|タイムゾーン'],
      [
        'note',
        'irregular heartbeat|irregular heart beat|irregular heartbeat detected|unregelmäßiger herzschlag festgestellt|不規則脈波検出|body movement|cuff wrap guide|positioning indicator|measurement mode',
      ],
      [
        'left-out',
        'ihb detection count|ihb detection counts|測定結果ブレ検知|room temperature|device model name|modellname des geräts',
      ],
    ],
  },
  {
    from: 'iHealth',
    seen: 'pawel-worwag/HealthReport (BloodPressureCsvImporter.cs: SYS(mmHg),DIA(mmHg),Pulse(Beats/Min)), 2026-11-27',
    words: [],
  },
  {
    from: 'Beurer HealthManager Pro',
    seen: 'EchoCodeGhost/Kyoro-HealthHub (import_beurer.py) and withings-beurer-to-apple-health.py on GitHub, 2026-11-27',
    words: [
      ['weight', 'kg'],
      ['temperature', '°c'],
      ['note', 'medikation'],
    ],
  },
  {
    from: 'LibreView',
    seen: 'readers and samples of its German, Spanish, French, Italian and Dutch exports on GitHub (javierpa95/cgmpy among them), 2026-11-27',
    words: [
      [
        'when',
        "gerätezeitstempel|sello de tiempo del dispositivo|marca de hora del dispositivo|horodatage de l'appareil|timestamp del dispositivo|tijdstempel apparaat",
      ],
      [
        'glucose-sensor',
        'glukosewert-verlauf|glukose-scan|historial de glucosa|escaneo de glucosa|escanear glucosa|historique de la glycémie|numérisation de la glycémie|scan de glycémie|storico del glucosio|historische glucose',
      ],
      ['glucose', 'glukose-teststreifen|tira reactiva para glucosa|glycémie de la bandelette'],
      ['note', 'notities'],
      [
        'left-out',
        "gerät|seriennummer|aufzeichnungstyp|dispositivo|número de serie|número de serial|tipo de registro|appareil|numéro de série|type d'enregistrement|apparaat|serienummer|gegevenstype",
      ],
    ],
  },
  {
    from: 'Dexcom Clarity',
    seen: 'samples of its English and German exports (CSV_EN, CSV_DE) and javierpa95/cgmpy for Spanish, on GitHub, 2026-11-27',
    words: [
      ['when', 'zeitstempel|marca temporal'],
      ['glucose', 'glukosewert|nivel de glucosa'],
      [
        'left-out',
        'ereignistyp|ereignisart|ereignisuntertyp|patienteninfo|geräteinfo|quellgeräte-id|tipo de evento|patient info|glucose rate of change',
      ],
    ],
  },
  {
    from: 'Samsung Health',
    seen: 'ClinicalMappersTest (com.samsung.shealth.blood_pressure) and a list of all its columns on GitHub, 2026-11-27',
    words: [
      ['when', 'start time'],
      ['zone', 'time offset'],
      [
        'left-out',
        'update time|create time|deviceuuid|pkg name|datauuid|custom|create sh ver|modify sh ver|tag id|heart beat count|client data id|client data ver|mean',
      ],
    ],
  },
  {
    from: 'Garmin Connect',
    seen: 'parseWeightCsv.test.ts and two more readers of its Weight.csv on GitHub, 2026-11-27',
    words: [['left-out', 'change']],
  },
  {
    from: 'Health Auto Export',
    seen: 'six readers of its HealthAutoExport-*.csv on GitHub, 2026-11-27',
    words: [
      ['systolic', 'blood pressure [systolic]'],
      ['diastolic', 'blood pressure [diastolic]'],
      ['weight', 'weight & body mass|body mass'],
      ['oxygen', 'blood oxygen saturation'],
    ],
  },
  {
    from: 'Glooko',
    seen: 'eight readers of its cgm_data.csv on GitHub, 2026-11-27',
    words: [['glucose-sensor', 'cgm glucose value']],
  },
  {
    from: 'mySugr',
    seen: 'MySugrCSVValidator.java (opendiabetes) on GitHub, 2026-11-27',
    words: [['glucose', 'blood glucose measurement|blutzuckermessung']],
  },
]

/** Columns that only Clarity's exports have: there, glucose is measured under the skin, though the heading does not say so. */
export const SENSOR_EXPORT = 'event subtype|ereignisart|ereignisuntertyp|tipo de evento'
