import type { common as en } from '../en/common.ts'
import type { Message } from '../message.ts'

export const common = {
  'app.name': 'Wellkeep',
  'app.loading': 'Abriendo…',

  'act.add': 'Añadir',
  'act.back': 'Atrás',
  'act.cancel': 'Cancelar',
  'act.close': 'Cerrar',
  'act.edit': 'Editar',
  'act.remove': 'Quitar',
  'act.save': 'Guardar',
  'act.tryAgain': 'Intentar de nuevo',
  'act.undo': 'Deshacer',

  'fresh.field': 'Tu frase de contraseña',
  'pass.needed': 'Escribe primero tu frase de contraseña.',
  'fresh.wrong': 'Esta no es tu frase de contraseña.',
  'fresh.export.text': 'Quien tenga el archivo puede leerlo. Por eso se te pide tu frase de contraseña.',
  'fresh.pair.text':
    'El otro dispositivo podrá leerlo y cambiarlo todo. Tu frase de contraseña confirma que eres tú quien lo deja entrar.',
  'fresh.pair.act': 'Dejarlo entrar',
  'fresh.keys.text':
    'Lo que compartes con {name} se abrirá en su nuevo Wellkeep y en ninguno anterior. Tu frase de contraseña confirma que eso es lo que quieres.',
  'fresh.autoLock.text':
    'La aplicación se quedará abierta más tiempo sin que nadie la use. Tu frase de contraseña confirma que eso es lo que quieres.',
  'fresh.keys.act': 'Aceptar el nuevo',
  'fresh.kit.text':
    'Estas palabras lo abren todo, en cualquier dispositivo. Para verlas, escribe tu frase de contraseña.',
  'fresh.kit.act': 'Mostrar el kit',

  'field.half': 'Falta una parte. Complétala toda o bórrala toda.',
  'field.optional': 'opcional',
  'field.show': 'Mostrar {field}',
  'field.hide': 'Ocultar {field}',
  'field.needed': 'Completa este campo.',

  'nav.label': 'Principal',
  'nav.home': 'Inicio',
  'nav.timeline': 'Cronología',
  'nav.add': 'Añadir',
  'nav.import': 'Traer',
  'nav.people': 'Familia y compartir',
  'nav.people.short': 'Personas',
  'nav.devices': 'Dispositivos',
  'nav.settings': 'Ajustes',
  'nav.bin': 'Papelera',
  'nav.more': 'Más',
  'nav.skip': 'Ir al contenido',
  'nav.lock': 'Bloquear ahora',
  'nav.notFound.title': 'No existe esa página',
  'nav.notFound.text': 'Quizá la dirección esté mal escrita, o lo que señalaba se eliminó.',
  'nav.notFound.home': 'Ir a la página de inicio',

  'text.sentence': '{text}.',

  'toast.region': 'Mensajes',
  'toast.dismiss': 'Descartar',

  'failed.title': 'Algo falló en esta página',
  'failed.text':
    'Tu historial está a salvo: nada de lo guardado se ha perdido. Inténtalo de nuevo o vuelve a cargar la aplicación.',
  'failed.reload': 'Volver a cargar la aplicación',
} satisfies Record<keyof typeof en, Message>
