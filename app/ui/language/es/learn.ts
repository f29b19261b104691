import type { learn as english } from '../en/learn.ts'
import type { Message } from '../message.ts'

export const learn: Record<keyof typeof english, Message> = {
  'learn.title': 'Aprender',
  'learn.lead':
    'Problemas de salud, medicamentos y pruebas en palabras sencillas. Todo está en este dispositivo y funciona sin red, así que nadie sabe qué lees.',
  'learn.search': 'Busca con tus propias palabras',
  'learn.found': { one: '{count} tema encontrado', other: '{count} temas encontrados' },
  'learn.noneFound': 'No se encontró ningún tema. Prueba con otra palabra o pregunta a tu equipo de atención.',
  'learn.yours': 'Sobre lo que hay en este historial',
  'learn.list': 'Tu lista de lectura',
  'learn.list.about': 'En todos tus dispositivos, y nadie más la ve.',
  'learn.conditions': 'Problemas de salud',
  'learn.medicines': 'Medicamentos',
  'learn.tests': 'Pruebas',
  'learn.about': 'Sobre: {name}',
  'learn.what': 'Qué es',
  'learn.notice.condition': 'Qué se nota',
  'learn.notice.medicine': 'Qué puede pasar al tomarlo',
  'learn.helps.condition': 'Qué suele ayudar a vivir con ello',
  'learn.helps.medicine': 'Qué ayuda al tomarlo',
  'learn.questions': 'Pregunta a tu equipo de atención',
  'learn.ask':
    'Esta página no te conoce. Pregunta a tu equipo de atención qué es cierto en tu caso antes de cambiar nada.',
  'learn.urgent': 'Cuándo buscar ayuda',
  'learn.mark.none': 'Leer después',
  'learn.mark.later': 'Ya lo leí',
  'learn.mark.read': 'Volver a leer después',
  'learn.mark.off': 'Quitar de la lista',
  'learn.is.later': 'Por leer',
  'learn.is.read': 'Leído',
  'learn.now.later': 'Está en tu lista de lectura.',
  'learn.now.read': 'Marcado como leído.',
  'learn.print': 'Imprimir',
  'learn.sources': 'De dónde viene esto',
  'learn.unreviewed':
    'Sin revisión de un profesional de la salud. Wellkeep lo escribió con sus propias palabras según las páginas de abajo, leídas el {date}.',
  'learn.machine': 'Traducido por una máquina.',
  'learn.by.medlineplus': 'MedlinePlus, Biblioteca Nacional de Medicina (EE. UU.)',
  'learn.by.nhs': 'Sitio web del NHS (Reino Unido), con la Open Government Licence v3.0',
  'lookUp.begin': 'Buscarlo en MedlinePlus',
  'lookUp.says':
    'Esto abre connect.medlineplus.gov, de la Biblioteca Nacional de Medicina (EE. UU.), en una pestaña nueva. Recibe el código {code} ({system}), el idioma ({language}) y, como cualquier sitio web, tu dirección de internet. Nada más sale de Wellkeep. Es posible que el navegador guarde la dirección en su historial.',
  'lookUp.open': 'Abrir MedlinePlus',
  'lookUp.in.en': 'inglés',
  'lookUp.in.es': 'español',
}
