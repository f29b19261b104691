import type { looking as en } from '../en/looking.ts'
import type { Message } from '../message.ts'

export const looking = {
  'nav.record': 'Historial',
  'nav.track.short': 'Medir',
  'record.lead': 'Todo lo que se guarda aquí, por secciones.',
  'record.ways': 'Caminos por el historial',
  'record.timeline': 'Cronología y búsqueda',
  'record.sections': 'Secciones',
  'record.empty': 'Todavía vacías',
  'history.title': 'Versiones anteriores',
  'history.text':
    'Todo lo que se cambió aquí, lo más reciente primero. Nada se pierde; una versión puede recuperarse como un cambio nuevo.',
  'history.textRead': 'Todo lo que se cambió aquí y se te dio, lo más reciente primero.',
  'history.show': 'Mostrar lo que se cambió',
  'history.none': 'Aquí no hay nada de antes: no se te dio, o se borró.',
  'history.added': 'Añadido',
  'history.imported': 'Traído',
  'history.changed': 'Cambiado',
  'history.binned': 'Movido a la papelera',
  'history.restored': 'Sacado de la papelera',
  'history.before': 'Antes:',
  'history.after': 'Después:',
  'history.back': 'Volver a esta versión',
  'history.backOf': 'Volver a esta versión: {what}',
  'history.isNow': 'Esto es lo que dice ahora.',
  'history.broughtBack': 'La versión anterior ha vuelto',
  'history.more': { one: 'Mostrar un cambio más antiguo', other: 'Mostrar {count} cambios más antiguos' },
  'section.now': 'Ahora',
  'section.soFar': 'Hasta ahora',
  'section.planned': 'Por venir',
  'section.over': 'Pasado, o no era así',
  'section.told': 'Lo que se dijo de esta sección',
  'section.none': 'Todavía no hay nada aquí',
  'section.more': { one: 'Mostrar uno más', other: 'Mostrar {count} más' },
  'section.timeline': 'Buscar y filtrar aquí',
  'section.byTest': 'Por prueba, con el tiempo',
  'section.byTime': 'Por hora del día',
  'section.overTime': 'Con el tiempo, con objetivos',
  'vaccines.due': 'Lo que toca',
  'vaccines.text': 'Lo dice una fuente; pregunta a tu equipo de atención antes de fiarte.',
  'vaccines.on': 'toca: {date}',
  'vaccines.earliest': 'desde: {date}',
  'vaccines.said': 'Lo dice {source}, {date}',
  'teach.problems': 'Enfermedades y afecciones que tienes o tuviste. Incorpora un archivo de tu clínica o anota una.',
  'teach.allergies':
    'A qué reaccionas, qué pasa y cuán grave es. En una urgencia es lo primero que buscan los demás. Si no tienes ninguna, pide a tu clínica que lo anote.',
  'teach.medicines': 'Qué tomas, cómo y para qué. Anota uno mirando su caja, con sus horas, y se te recordará.',
  'teach.immunizations':
    'Qué vacuna recibiste y cuándo. Escanea el código de una tarjeta sanitaria, incorpora un archivo de tu clínica o farmacia, o añade una mirando tu cartilla de vacunación.',
  'teach.results':
    'Los resultados llegan con los archivos de laboratorios y clínicas. También puedes anotar valores sueltos.',
  'teach.procedures': 'Operaciones y tratamientos. Llegan con los archivos de hospitales y clínicas, o los añades tú.',
  'teach.devices':
    'Implantes y dispositivos, como un marcapasos o una lente. Llegan con archivos de hospitales, o los añades tú, con una foto de tu tarjeta de implante.',
  'teach.directives':
    'Lo que quieres que pase si no puedes decirlo. Añade lo que decidiste, con una foto del papel firmado.',
  'teach.visits':
    'A quién viste, cuándo y para qué. Las visitas llegan con los archivos de clínicas y hospitales, o las añades tú.',
  'teach.documents': 'Cartas, informes y fotos. Añade un PDF o haz una foto: se guarda tal cual y se abre aquí.',
  'teach.family-history':
    'Enfermedades de padres, hermanos e hijos. Llegan con los archivos de clínicas, o añades lo que sabes.',
  'teach.care-team':
    'Quién te atiende. Llega con los archivos de clínicas, o lo añades tú; con quién compartes está en Familia y compartir.',
  'teach.coverage':
    'Tu seguro. Llega con los archivos de aseguradoras y clínicas, o lo añades tú, con una foto de tu tarjeta.',
  'teach.story': 'Lo que te importa, con tus palabras. Escribe una nota.',
  'teach.own': 'Llega con los archivos que incorporas, o lo añades tú.',
  'teach.other': 'Lo que hay aquí llega con los archivos que incorporas.',
} satisfies Record<keyof typeof en, Message>
