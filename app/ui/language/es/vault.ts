import type { vault as en } from '../en/vault.ts'
import type { Message } from '../message.ts'

export const vault = {
  'welcome.title': 'Tu historial de salud, en tus manos',
  'welcome.lead':
    'Wellkeep reúne en un solo lugar resultados, medicamentos, visitas y tus propias notas. Todo se cierra con tu frase de contraseña antes de salir de este dispositivo.',
  'welcome.private.title': 'Solo tú puedes leerlo',
  'welcome.private.text':
    'El servidor de la copia de seguridad guarda paquetes sellados. No tiene la llave y no puede mirar dentro.',
  'welcome.offline.title': 'Funciona sin red',
  'welcome.offline.text':
    'Todo está en este dispositivo. La copia de seguridad de los cambios se hace cuando hay conexión.',
  'welcome.whole.title': 'Todas las clínicas en uno',
  'welcome.whole.text': 'Trae los archivos que te dan tus clínicas y vuelve a sacarlo todo cuando quieras.',
  'welcome.create': 'Crear mi historial',
  'welcome.sample': 'Ver un historial de ejemplo',
  'welcome.have': 'Ya tengo un historial',
  'welcome.have.device': 'Conectar con otro dispositivo mío',
  'welcome.have.words': 'Usar mis 24 palabras de recuperación',
  'welcome.sampleFailed': 'No se pudo crear el historial de ejemplo en este dispositivo.',

  'create.title': 'Crear mi historial',
  'create.lead': 'Tarda unos dos minutos. No se envía nada a ninguna parte hasta que tu frase de contraseña lo cierre.',
  'create.name': 'Tu nombre',
  'create.nameHint': 'Como debe figurar en tu historial.',
  'create.birth': 'Fecha de nacimiento',
  'create.birthYear': 'Año de nacimiento',
  'create.onlyYear': 'Solo sé el año',
  'create.wholeDate': 'Escribir la fecha completa',
  'create.yearWrong': 'Escribe un año de cuatro cifras, entre 1880 y este año.',
  'create.dateWrong': 'Escribe una fecha de nacimiento que no esté en el futuro.',
  'create.submit': 'Crear mi historial',
  'create.working': 'Creando tus claves. Tarda unos segundos a propósito: así es más lento adivinar.',

  'pass.label': 'Frase de contraseña',
  'pass.new': 'Nueva frase de contraseña',
  'pass.current': 'Frase de contraseña actual',
  'pass.hint':
    'Cierra el historial en este dispositivo. Cuatro o cinco palabras que no tengan nada que ver entre sí son seguras y fáciles de recordar.',
  'pass.tooShort': 'Usa al menos 8 caracteres.',
  'pass.nobodyKnows':
    'Nadie puede restablecerla por ti. Tus 24 palabras de recuperación, que vienen a continuación, son la manera de volver a entrar.',
  'strength.label': 'Lo difícil que es de adivinar',
  'strength.weak': 'Débil',
  'strength.fair': 'Regular',
  'strength.good': 'Buena',
  'strength.strong': 'Fuerte',
  'strength.estimate':
    'Quien copiara este dispositivo e hiciera {rate} intentos por segundo necesitaría más o menos este tiempo: {time}. Es una estimación.',
  'strength.atOnce': 'Quien copiara este dispositivo la encontraría casi al instante.',
  'strength.centuries':
    'Quien copiara este dispositivo e hiciera {rate} intentos por segundo necesitaría siglos. Es una estimación.',

  'kit.title': 'Tu kit de recuperación',
  'kit.lead':
    'Estas 24 palabras abren tu historial en un dispositivo nuevo si este se pierde, y también si olvidas tu frase de contraseña. Quien las tenga puede leer tu historial.',
  'kit.print': 'Imprimir la hoja',
  'kit.printHint':
    'Imprímela o copia las palabras en papel, en orden. Guarda el papel donde guardas tu pasaporte. No le hagas una foto.',
  'kit.words': 'Las 24 palabras, en orden',
  'kit.qr': 'Código QR con las mismas palabras',
  'kit.made': 'Hecho el {date}',
  'print.for': 'Historial de salud de {name}, fecha de nacimiento: {birth}. Impreso desde Wellkeep el {date}.',
  'kit.sheet.how':
    'En un dispositivo nuevo, abre Wellkeep, elige “Usar mis 24 palabras de recuperación” y escribe estas palabras en orden.',
  'kit.written': 'Tengo las palabras en papel',
  'kit.later': 'Hacerlo más tarde',
  'kit.confirm.title': 'Comprueba tu papel',
  'kit.confirm.lead': 'Escribe tres de las palabras de tu papel. Después, este dispositivo olvida las palabras.',
  'kit.confirm.word': 'Palabra {position}',
  'kit.confirm.submit': 'Confirmar',
  'kit.confirm.back': 'Volver a mostrar las palabras',
  'kit.confirm.wrong': 'Esta no es la palabra {position}. Mira otra vez tu papel.',
  'kit.confirmed': 'Tu kit de recuperación está confirmado.',
  'kit.gone.title': 'Tu kit de recuperación está confirmado',
  'kit.gone.text':
    'Este dispositivo ya no sabe las 24 palabras; solo están en tu papel. Si se perdió el papel, trae tus datos a un historial nuevo con un kit nuevo.',
  'kit.remind.title': 'Tu kit de recuperación todavía no está confirmado',
  'kit.remind.text': 'Si este dispositivo se pierde ahora, nadie puede recuperar tu historial.',
  'kit.remind.elsewhere':
    'Confírmalo en el dispositivo donde creaste este historial: solo ese puede mostrar las 24 palabras.',
  'kit.remind.act': 'Terminarlo ahora',

  'unlock.title': 'Hola de nuevo',
  'unlock.lead': 'Escribe tu frase de contraseña para abrir tu historial.',
  'unlock.submit': 'Desbloquear',
  'unlock.forgot': 'Olvidé mi frase de contraseña',
  'unlock.wrong':
    'Esta no es la frase de contraseña. Comprueba las mayúsculas y el idioma del teclado, e inténtalo de nuevo.',
  'unlock.damaged':
    'El historial de este dispositivo está dañado y no se puede abrir. Tus 24 palabras de recuperación lo traen de vuelta desde la copia de seguridad.',
  'unlock.empty': 'En este dispositivo ya no hay ningún historial.',
  'unlock.sample.title': 'El historial de ejemplo está cerrado',
  'unlock.sample.lead': 'Trata de una persona inventada y no necesita frase de contraseña.',
  'unlock.sample.submit': 'Abrir el historial de ejemplo',

  'store.quota':
    'A este dispositivo no le queda espacio. No se cambió nada. Libera algo de espacio e inténtalo de nuevo.',
  'store.aborted': 'El navegador no pudo guardarlo. No se cambió nada. Inténtalo de nuevo.',
  'store.fenced': 'Otra ventana de Wellkeep ha tomado el relevo. Usa esa, o vuelve a cargar esta página.',
  'store.no-key':
    'Esta parte del historial todavía no ha llegado a este dispositivo. Inténtalo de nuevo en un momento.',
  'store.cut-off':
    'Otra pestaña de Wellkeep se cerró en ese momento, así que puede que esté hecho o puede que no. Míralo antes de intentarlo de nuevo.',

  'recover.title': 'Recuperar mi historial',
  'recover.lead': 'Escribe o pega las 24 palabras de tu kit de recuperación, en orden.',
  'recover.words': 'Las 24 palabras',
  'recover.wordsHint': 'Sepáralas con espacios. Las mayúsculas no importan.',
  'recover.scan': 'Escanear la hoja en su lugar',
  'recover.counted': '{count} de 24 palabras',
  'recover.complete': 'Las 24 palabras son correctas.',
  'recover.tooFew': {
    one: 'Hay {count} palabra; un kit tiene 24.',
    other: 'Hay {count} palabras; un kit tiene 24.',
  },
  'recover.wrongWord': 'La palabra {position} no está en la lista.',
  'recover.didYouMean': 'Palabra {position}: ¿quisiste decir…?',
  'recover.replace': 'Usar “{word}” como palabra {position}',
  'recover.checksum':
    'Todas las palabras existen, pero juntas no son un kit. Una de ellas es otra, o dos han cambiado de lugar. Compáralas con tu papel.',
  'recover.passphrase': 'Elige una frase de contraseña para este dispositivo. Puede ser distinta de la que tenías.',
  'recover.submit': 'Recuperar mi historial',
  'recover.working': 'Trayendo tu historial y desbloqueándolo. Puede tardar un minuto.',
  'recover.notFound':
    'Las palabras son correctas, pero este servidor no tiene ningún historial para ellas. Abre Wellkeep en la dirección que usabas antes.',
  'recover.unreachable':
    'No se puede llegar al servidor de la copia de seguridad. Comprueba tu conexión e inténtalo de nuevo.',
  'recover.refused':
    'El servidor de la copia de seguridad lo rechazó. Dile a quien lo administra el motivo que da: “{reason}”.',
  'recover.damaged': 'Se encontró la copia de seguridad, pero está dañada y no se puede abrir.',
  'recover.alreadyThere': 'En este dispositivo ya hay un historial.',
  'recover.erase.title': '¿Sustituir la copia de este dispositivo?',
  'recover.erase.text':
    'Primero se trae tu historial desde la copia de seguridad. Cuando está aquí, se elimina la copia bloqueada de este dispositivo. Se pierden los cambios que nunca entraron en la copia de seguridad.',
  'recover.erase.act': 'Recuperar y sustituir',
  'recover.locked':
    'En este dispositivo hay una copia bloqueada de un historial. Con tus palabras se sustituye por lo que hay en la copia de seguridad.',

  'pair.new.title': 'Conectar con otro dispositivo',
  'pair.new.lead': 'Necesitas el dispositivo que tiene tu historial, desbloqueado y con conexión.',
  'pair.new.passphrase': 'Elige una frase de contraseña para este dispositivo. Puede ser distinta de la del otro.',
  'pair.new.start': 'Mostrar el código',
  'pair.new.show':
    'En el otro dispositivo, abre Ajustes, luego Mis dispositivos, luego “Añadir un dispositivo”. Escanea allí este código, o escribe las ocho palabras.',
  'pair.new.qr': 'Código QR para el otro dispositivo',
  'pair.new.words': 'Las ocho palabras',
  'pair.new.expires': 'El código vale hasta: {time}.',
  'pair.new.waiting': 'Esperando al otro dispositivo…',
  'pair.new.compare':
    'Tu otro dispositivo debe mostrar las mismas seis cifras. Si es así, responde allí; si no, dilo aquí o allí.',
  'pair.new.differ': 'Son distintas',
  'pair.new.differed':
    'Las cifras son distintas, así que este dispositivo no recibió nada. Si tu otro dispositivo lo tiene en su lista de todos modos, quítalo allí. Empieza de nuevo, en una red de confianza.',
  'pair.digits': 'Seis cifras: {digits}',
  'pair.receiving': 'Recibiendo tu historial…',
  'pair.old.title': 'Añadir un dispositivo',
  'pair.old.lead':
    'En el dispositivo nuevo, abre Wellkeep en la misma dirección y elige “Conectar con otro dispositivo mío”.',
  'pair.old.scan': 'Escanear su código',
  'pair.old.words': 'Escribir sus ocho palabras',
  'pair.old.wordsLabel': 'Las ocho palabras',
  'pair.old.wordsHint': 'En orden, separadas por espacios.',
  'pair.old.connect': 'Conectar',
  'pair.old.compare': '¿Muestran los dos dispositivos estas seis cifras?',
  'pair.old.compareWhy':
    'Si son distintas, puede que alguien esté escuchando. No se envía nada antes de que respondas.',
  'pair.old.asking': 'El dispositivo dice llamarse “{name}”.',
  'pair.old.same': 'Sí, son las mismas',
  'pair.old.differ': 'No, son distintas',
  'pair.old.sending': 'Enviando tus claves al dispositivo nuevo…',
  'pair.old.done.title': 'El dispositivo está conectado',
  'pair.old.done.text': 'Desde ahora tiene tu historial, y los dos se mantienen al día entre sí.',
  'pair.old.toList': 'Ver mis dispositivos',
  'pair.again': 'Empezar de nuevo',
  'pair.failed.unreachable':
    'No se puede llegar al servidor que está entre los dispositivos. Comprueba la conexión y empieza de nuevo.',
  'pair.failed.refused': 'El servidor no quiso pasar los mensajes.',
  'pair.failed.expired': 'El código es demasiado antiguo. Muestra uno nuevo en el dispositivo nuevo.',
  'pair.failed.badOffer':
    'Esto no es un código de Wellkeep, o una palabra está mal escrita. Compara las palabras e inténtalo de nuevo.',
  'pair.failed.notOffered': 'Ningún dispositivo muestra estas ocho palabras. Compáralas con su pantalla, una por una.',
  'pair.wordCount': {
    one: 'Hay {count} palabra; el otro dispositivo muestra ocho.',
    other: 'Hay {count} palabras; el otro dispositivo muestra ocho.',
  },
  'pair.failed.digitsDiffer':
    'Dijiste que las cifras son distintas, así que no se envió nada. Empieza de nuevo, en una red de confianza.',
  'pair.failed.cancelled': 'La conexión se canceló en uno de los dispositivos.',
  'pair.failed.alreadyThere': 'En este dispositivo ya hay un historial.',

  'scan.title': 'Escanear un código',
  'scan.hint': 'Pon el código delante de la cámara.',
  'scan.video': 'Imagen de la cámara',
  'scan.file': 'Elegir una foto del código',
  'scan.denied':
    'No se puede usar la cámara. Permítela en los ajustes del navegador, elige una foto o escribe las palabras.',
  'scan.none': 'No se encontró ninguna cámara. Elige una foto o escribe las palabras.',
  'scan.nothing': 'En esta foto no se encontró ningún código.',

  'devices.title': 'Mis dispositivos',
  'devices.lead': 'Cada uno de estos puede abrir tu historial. Quita el que se haya perdido, vendido o regalado.',
  'devices.add': 'Añadir un dispositivo',
  'devices.this': 'Este dispositivo',
  'devices.managers': 'No es un dispositivo tuyo: {name} gestiona tu historial con él',
  'devices.added': 'Añadido el {date}',
  'devices.seen': 'Visto por última vez: {when}',
  'devices.neverSeen': 'Todavía no se ha visto',
  'devices.seenAbout':
    '“Visto por última vez” es el día en que un dispositivo envió algo por última vez. Si solo se leyó en él, puede que se haya usado después.',
  'devices.rename': 'Cambiar el nombre',
  'devices.renameOf': 'Cambiar el nombre de {name}',
  'devices.name': 'Nombre del dispositivo',
  'devices.removeOf': 'Quitar {name}',
  'devices.remove.title': '¿Quitar “{name}”?',
  'devices.remove.text':
    'Se cambian todas las claves de tu historial, y desde entonces el dispositivo no recibe nada nuevo. Lo que ya tiene puede seguir siendo legible en él para quien sepa su frase de contraseña: eso no se puede deshacer desde aquí.',
  'devices.last':
    'Este es tu único dispositivo, así que no se puede quitar. Para borrar el historial, usa “Eliminarlo todo” en los ajustes.',
  'devices.removing': 'Quitándose: las claves están cambiando',
  'devices.removed': 'Se está quitando “{name}”.',
  'devices.guess.phone': 'Teléfono',
  'devices.guess.tablet': 'Tableta',
  'devices.guess.computer': 'Computadora',

  'settings.title': 'Ajustes',
  'settings.everywhere': 'El idioma, las unidades, el aspecto y el bloqueo son iguales en todos tus dispositivos.',
  'settings.look': 'Idioma y pantalla',
  'settings.language': 'Idioma',
  'settings.theme': 'Colores',
  'settings.theme.system': 'Como el dispositivo',
  'settings.theme.light': 'Claros',
  'settings.theme.dark': 'Oscuros',
  'settings.textSize': 'Tamaño del texto',
  'settings.textSize.normal': 'Normal',
  'settings.textSize.large': 'Grande',
  'settings.textSize.larger': 'Más grande',
  'settings.units': 'Unidades',
  'settings.units.metric': 'Métricas (kg, cm, °C)',
  'settings.units.imperial': 'Imperiales (lb, ft, °F)',
  'settings.security': 'Bloqueo y frase de contraseña',
  'settings.autoLock': 'Bloquear automáticamente',
  'settings.autoLockHint': 'Cuando nadie ha tocado Wellkeep durante este tiempo.',
  'settings.autoLock.after': {
    one: 'después de {count} minuto',
    other: 'después de {count} minutos',
  },
  'settings.changePass': 'Cambiar la frase de contraseña',
  'settings.changePass.done': 'La frase de contraseña de este dispositivo ha cambiado.',
  'settings.changePass.wrong': 'Esta no es la frase de contraseña actual.',
  'settings.changePass.text': 'Esto cambia solo la frase de contraseña de este dispositivo.',
  'settings.kit': 'Kit de recuperación',
  'settings.storage': 'Espacio en este dispositivo',
  'settings.storage.kept': 'El navegador ha prometido conservar lo que se guarda aquí.',
  'settings.storage.notKept':
    'El navegador puede eliminar lo que se guarda aquí cuando falta espacio o cuando Wellkeep no se usa durante una semana o más. Lo que está en la copia de seguridad se puede recuperar.',
  'settings.storage.ask': 'Pedir al navegador que lo conserve',
  'settings.storage.refused':
    'El navegador no lo prometió. Suele ayudar instalar Wellkeep (“Añadir a la pantalla de inicio” o “Instalar” en el menú del navegador).',
  'storage.week': 'Este navegador olvida al cabo de una semana',
  'storage.week.text':
    'Safari borra lo que guarda un sitio web si no lo abres en siete días. Instala Wellkeep para conservarlo: Compartir y luego “Añadir a pantalla de inicio”, o “Añadir al Dock” en un Mac.',
  'storage.week.waiting': {
    one: '{count} cambio aún no está en la copia de seguridad y se perdería.',
    other: '{count} cambios aún no están en la copia de seguridad y se perderían.',
  },
  'settings.inOut': 'Traer, guardar una copia',
  'settings.delete': 'Eliminarlo todo',
  'settings.delete.text':
    'El historial, sus claves y sus ajustes se eliminan de este dispositivo. Si es tu único dispositivo, también se elimina la copia de seguridad, y nadie puede recuperar el historial. Los otros dispositivos conservan lo suyo y quitan este de su lista; si ahora no tienes conexión, quítalo tú allí.',
  'settings.delete.waiting': {
    one: '{count} cambio no está en la copia de seguridad y se perderá.',
    other: '{count} cambios no están en la copia de seguridad y se perderán.',
  },
  'settings.delete.offline':
    'Ahora no se puede acceder al servidor. Si sigues, su copia cerrada de tu historial se queda allí y este dispositivo ya no podrá borrarla. Conéctate primero, o más tarde recupéralo con tus 24 palabras y bórralo de nuevo.',
  'settings.delete.type': 'Escribe “{word}” para confirmar',
  'settings.delete.word': 'eliminar',
  'settings.delete.act': 'Eliminar todo en este dispositivo',
  'settings.delete.where': '¿Dónde?',
  'settings.delete.here': 'Solo en este dispositivo',
  'settings.delete.here.about': 'Tus otros dispositivos y la copia de seguridad conservan el historial.',
  'settings.delete.everywhere': 'Aquí y en el servidor',
  'settings.delete.everywhere.about':
    'La copia de seguridad se elimina para todos tus dispositivos y termina lo que compartes. Estos conservan su propia copia hasta que la elimines allí: {devices}.',
  'settings.delete.everywhere.act': 'Eliminarlo aquí y en el servidor',
  'settings.delete.unreachable':
    'Ahora no se puede acceder al servidor, así que no se eliminó nada en este dispositivo. Inténtalo de nuevo cuando tengas conexión.',
  'settings.about':
    'Wellkeep es software libre. Por sí solo envía lo que guardas únicamente a tu servidor, a un segundo si lo indicaste y a los servidores de las personas con las que compartes, y eso solo sellado.',
  'settings.purpose':
    'Guarda historiales. No hace diagnósticos ni da alarmas: nadie está vigilando. En una emergencia, llama a los servicios de emergencia.',

  'sample.banner': 'Este es un historial de ejemplo sobre una persona inventada.',
  'sample.delete': 'Eliminarlo',
  'offline.banner':
    'No tienes conexión. Todo sigue funcionando; la copia de seguridad de los cambios se hace más tarde.',
  'update.banner': 'Hay una nueva versión de Wellkeep lista.',
  'update.apply': 'Usarla ahora',
  'update.applying': 'Iniciando la nueva versión…',
  'update.taken':
    'Otra pestaña ha iniciado una nueva versión de Wellkeep. Guarda lo que estás escribiendo y luego úsala también aquí.',
  'update.ask.title': '¿Iniciar la nueva versión?',
  'update.ask.act': 'Iniciarla',
  'update.ask.unsaved':
    'Lo que escribiste en esta página y no guardaste se perderá. Vuelve y guárdalo para conservarlo.',
  'update.ask.locks':
    'Esta página se vuelve a cargar. Si ninguna otra pestaña tiene abierto tu historial, se bloquea, y lo desbloqueas con tu frase de contraseña.',

  'unusable.title': 'Wellkeep no puede funcionar aquí',
  'unusable.no-storage':
    'Este navegador no deja que Wellkeep guarde nada. Sal de la navegación privada, o permite los datos de sitios, y vuelve a cargar la página.',
  'unusable.no-crypto':
    'A este navegador le falta el cifrado que Wellkeep necesita, o no pasó su prueba. Actualiza el navegador o usa otro.',
  'unusable.damaged':
    'Lo que está guardado en este dispositivo está dañado. Tus 24 palabras de recuperación traen de vuelta el historial desde la copia de seguridad.',
  'unusable.reload': 'Volver a cargar la página',
  'unusable.erase': 'Borrar lo que está guardado aquí',
  'unusable.erase.text':
    'La copia dañada de este dispositivo se elimina. Después puedes recuperar tu historial con las 24 palabras.',

  'sync.saving': 'Guardando…',
  'sync.saved': 'Guardado aquí',
  'sync.backedUp': 'Copia al día',
  'sync.sending': 'Haciendo la copia…',
  'sync.waiting': {
    one: '{count} cambio en espera',
    other: '{count} cambios en espera',
  },
  'sync.offline': 'Sin conexión',
  'sync.unreachable': 'El servidor no responde desde: {time}',
  'sync.tryNow': 'Intentarlo ahora',
  'sync.tryNow.trying': 'Intentando llegar al servidor…',
  'sync.tryNow.failed': 'El servidor sigue sin responder. Wellkeep lo sigue intentando.',
  'sync.problems': {
    one: '{count} cosa que mirar',
    other: '{count} cosas que mirar',
  },
  'sync.sheet.title': '¿Está todo a salvo?',
  'sync.sheet.device': 'En este dispositivo',
  'sync.sheet.device.saved': 'Todo lo que has escrito está guardado aquí.',
  'sync.sheet.device.saving': 'Se está guardando el último cambio.',
  'sync.sheet.backup': 'Copia de seguridad',
  'sync.sheet.backup.done': 'Todo está en la copia de seguridad, sellado, en el servidor.',
  'sync.sheet.backup.waiting': {
    one: '{count} cambio está guardado aquí y espera a entrar en la copia de seguridad.',
    other: '{count} cambios están guardados aquí y esperan a entrar en la copia de seguridad.',
  },
  'sync.sheet.backup.none': 'Esto está guardado solo en este dispositivo.',
  'sync.sheet.link': 'Conexión',
  'sync.sheet.link.online': 'Conectado al servidor.',
  'sync.sheet.link.connecting': 'Conectando con el servidor…',
  'sync.sheet.link.catching-up': 'Conectado al servidor y trayendo lo que ha cambiado.',
  'sync.sheet.link.offline': 'Este dispositivo no tiene conexión. Puedes seguir como siempre.',
  'sync.sheet.link.none': 'Esta copia no está conectada a ningún servidor. Se queda en este dispositivo.',
  'sync.sheet.link.unreachable':
    'El servidor no ha respondido desde: {time}. Wellkeep lo sigue intentando; puedes seguir como siempre.',
  'sync.sheet.what':
    'El servidor guarda tu copia de seguridad y pasa los cambios entre tus dispositivos. No puede leer nada de ello.',
  'sync.problem.relay-full.title': 'La copia de seguridad está llena',
  'sync.problem.relay-full.text':
    'El servidor no tiene más espacio para tu historial. Los cambios nuevos se guardan solo en este dispositivo. Pide más espacio a quien administra el servidor.',
  'sync.problem.relay-refused.title': 'El servidor rechaza la copia de seguridad',
  'sync.problem.relay-refused.text':
    'Los cambios nuevos se guardan solo en este dispositivo. Dile a quien administra el servidor el motivo que da: “{reason}”.',
  'sync.problem.not-admitted.title': 'Este servidor pide un código',
  'sync.problem.not-admitted.text':
    'Solo acepta a quien recibió un código de quien lo administra. Hasta que pongas el tuyo, todo se guarda solo en este dispositivo.',
  'sync.problem.not-taken.title': 'El servidor no acepta tu código',
  'sync.problem.not-taken.text':
    'No conoce el código que pusiste, o ya no. Todo se guarda solo en este dispositivo. Pide el correcto a quien lo administra y ponlo.',
  'server.banner':
    'Este servidor pide un código de quien lo administra. Hasta que lo pongas, no hay copia de seguridad.',
  'server.banner.notTaken':
    'El servidor no acepta el código que pusiste, o ya no. Pide el correcto a quien lo administra y ponlo.',
  'server.banner.act': 'Poner el código',
  'code.label': 'Código de quien administra el servidor',
  'code.create':
    'Este servidor solo acepta a quien recibió un código de quien lo administra. También puedes ponerlo más tarde: hasta entonces, tu historial queda solo en este dispositivo.',
  'code.invalid': 'Un código tiene al menos 16 letras sin acento, cifras o signos. Cópialo otra vez, entero.',
  'sync.problem.relay-nonsense.title': 'El servidor responde cosas sin sentido',
  'sync.problem.relay-nonsense.text':
    'Parece que en su dirección responde otra cosa, quizá la página de entrada de una red pública. No se ha perdido nada; Wellkeep lo sigue intentando.',
  'sync.problem.relay-behind.title': 'El servidor había olvidado algo',
  'sync.problem.relay-behind.text':
    'Sabía menos de lo que este dispositivo esperaba, como después de restaurar un disco. Este dispositivo lo está enviando otra vez.',
  'sync.problem.clock-differs.title': 'El reloj de este dispositivo no está bien',
  'sync.problem.clock-differs.text':
    'La diferencia con el del servidor es de {time}. Ponlo en hora, para que las entradas nuevas tengan la hora correcta.',
  'sync.problem.quarantined.title': 'Algunos cambios no se pueden mostrar',
  'sync.problem.quarantined.text': {
    one: '{count} cambio de otro dispositivo todavía no se puede comprobar. Se conserva, y se vuelve a intentar cuando llegue más.',
    other:
      '{count} cambios de otro dispositivo todavía no se pueden comprobar. Se conservan, y se vuelve a intentar cuando llegue más.',
  },
  'sync.problem.incomplete.title': 'Todavía falta algo',
  'sync.problem.incomplete.text':
    'Este dispositivo espera cambios hechos en otro, desde: {time}. Abre Wellkeep en tus otros dispositivos para que puedan enviarlos.',
  'sync.problem.cloned-profile.title': 'Este perfil del navegador se copió',
  'sync.problem.cloned-profile.text':
    'Dos copias de él escribían al mismo tiempo. No se ha perdido nada: esta sigue como un dispositivo aparte. Si no lo copiaste tú, quita los dispositivos que no conozcas.',
  'sync.problem.record-gone.title': 'El historial se eliminó en el servidor',
  'sync.problem.record-gone.text':
    'Alguien lo eliminó allí con “Eliminarlo todo”. Lo que hay en este dispositivo se puede leer y ampliar, y se queda solo aquí. Para que vuelva a tener copia de seguridad, crea un historial nuevo y trae lo que descargues aquí. Para eliminarlo también aquí, abre los ajustes y elige «Eliminarlo todo».',
  'sync.problem.keys-changed.title': 'Las claves han cambiado desde esta copia de seguridad',
  'sync.problem.keys-changed.text':
    'Después de hacer la copia de seguridad se quitó otro dispositivo o se usaron las palabras. Lo que hay aquí se puede leer y se queda aquí. Para volver a unirte a los demás dispositivos, guarda una copia de lo que añadiste aquí, elimina todo en este dispositivo y restaura con tus 24 palabras.',
  'sync.problem.removed-here.title': 'Este dispositivo se quitó',
  'sync.problem.removed-here.text':
    'Lo quitó otro de tus dispositivos, así que no recibe nada nuevo ni hace copias de seguridad. Guarda una copia de lo que necesites y luego elimina todo aquí.',
  'sync.problem.refused-here.title': 'El servidor no deja entrar a este dispositivo',
  'sync.problem.refused-here.text':
    'Dice que este dispositivo ya no es tuyo. Mira tus otros dispositivos: puede que uno de ellos lo haya quitado, o que el servidor se equivoque. Aquí todo se puede seguir leyendo. No se hace ninguna copia de seguridad hasta que el servidor lo vuelva a dejar entrar.',
  'sync.problem.rotating.title': 'Las claves están cambiando',
  'sync.problem.rotating.text': {
    one: 'Después de quitar un dispositivo, {count} parte de tu historial todavía espera su clave nueva. Deja Wellkeep abierto y con conexión.',
    other:
      'Después de quitar un dispositivo, {count} partes de tu historial todavía esperan sus claves nuevas. Deja Wellkeep abierto y con conexión.',
  },
  'sync.problem.storage-full.title': 'A este dispositivo no le queda espacio',
  'sync.problem.storage-full.text':
    'Las entradas nuevas no se pueden guardar. Libera espacio en el dispositivo, o guarda una copia de tu historial en otro lugar.',
} satisfies Record<keyof typeof en, Message>
