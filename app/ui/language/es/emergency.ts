import type { emergency as en } from '../en/emergency.ts'
import type { Message } from '../message.ts'

export const emergency = {
  'emergency.choose': 'Qué hay en ella',
  'emergency.print': 'Imprimir para la cartera',
  'emergency.fold': 'Recorta por las líneas exteriores y dobla por la mitad.',
  'emergency.scan': 'Escanea con cualquier teléfono. No hace falta red.',
  'emergency.devices': 'Implantes y dispositivos',
  'emergency.blood': 'Grupo sanguíneo',
  'emergency.blood.hint': 'Solo como lo diga un laboratorio o un carné de donante.',
  'emergency.languages': 'Idiomas que hablo',
  'emergency.languages.hint': 'Uno por línea, primero el que mejor hablas.',
  'emergency.directives': 'Deseos sobre el tratamiento',
  'emergency.directives.hint': 'Por ejemplo, dónde está tu voluntad anticipada y quién decide por ti si tú no puedes.',
  'emergency.part': 'En la tarjeta: {part}',
  'emergency.also': 'Añadir a la tarjeta: {part}',
  'emergency.none.allergies': 'No conozco ninguna alergia',
  'emergency.none.medicines': 'No tomo medicamentos',
  'emergency.none.problems': 'No conozco ningún problema de salud',
  'emergency.none.devices': 'No tengo implantes ni dispositivos',
  'emergency.confirmed': '{what}, confirmado el {date}',
  'emergency.notAsked': 'No hay nada escrito: pregunte, por favor',
  'emergency.english': 'También en inglés',
  'emergency.private': '(privado)',
  'emergency.noted.text':
    'Lo que tus clínicas llaman hallazgo o circunstancia solo está en la tarjeta si lo marcas. Mira si alguien que te ayude debería saber algo de ello, por ejemplo un embarazo.',
  'emergency.private.text':
    'Lo privado no está en la tarjeta si no lo marcas aquí. Entonces puede leerlo quien vea la tarjeta.',
  'emergency.disputed':
    'Nadie ha dicho todavía cuál es lo correcto. Hasta entonces la tarjeta muestra uno de los dos y lo dice.',
  'emergency.inCode': 'Lo que dice el código, palabra por palabra',
  'emergency.notInCode': 'No está en el código, porque los teléfonos no podrían leer uno más largo:',
  'emergency.check.title': '¿Sigue siendo correcta?',
  'emergency.check.never': 'Revisa la tarjeta. Se te preguntará de nuevo cada seis meses.',
  'emergency.check.last': 'Lo dijiste el {date}. Se te preguntará de nuevo cada seis meses.',
  'emergency.check.due': 'Lo dijiste por última vez el {date}. Revísala otra vez, por favor.',
  'emergency.check.yes': 'Sí, es correcta',
  'emergency.check.change': 'Cambiar',
  'emergency.due': '¿Sigue siendo correcta tu tarjeta de emergencia?',
  'emergency.locked': 'Sin la frase de contraseña',
  'emergency.locked.text':
    'Quienes te ayuden podrán leer esta tarjeta en este dispositivo con tu historial bloqueado. También cualquier otra persona que tenga este dispositivo. Podrán leer lo que muestra la tarjeta y nada más. Vale solo para este dispositivo, y puedes desactivarlo cuando quieras.',
  'emergency.locked.on': 'Mostrar la tarjeta con mi historial bloqueado',
  'emergency.locked.act': 'Mostrarla',
  'emergency.locked.isOn':
    'Está activado. La tarjeta está en «Tarjeta de emergencia», en la página que pide tu frase de contraseña.',
  'emergency.locked.tooLong': 'Es demasiado para la tarjeta. Quita algo.',
  'emergency.asOf': 'A fecha de {date}',
  'emergency.unlock': 'Desbloquear el historial',
  'emergency.gone': 'Este dispositivo no muestra ninguna tarjeta con el historial bloqueado.',
} satisfies Record<keyof typeof en, Message>
