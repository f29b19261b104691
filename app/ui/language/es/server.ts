/** Words of the page about one’s own server. */
export const server = {
  'server.title': 'Tu servidor',
  'server.sample': 'Un ejemplo no está en ningún servidor. Se queda en este dispositivo.',
  'server.code.title': 'A quién acepta',
  'server.code.given': 'Ya pusiste un código, y tus otros dispositivos también lo usan. Si te dan otro, ponlo aquí.',
  'server.code.hint': 'Te lo dio quien administra este servidor, quizá en papel o en un mensaje.',
  'server.code.notAsked': 'Este servidor acepta a todo el mundo y no pide ningún código.',
  'server.code.unreachable': 'Ahora no se puede contactar con el servidor, así que no se sabe si pide un código.',
  'server.code.use': 'Usar este código',
  'server.code.taken': 'El código queda guardado para todos tus dispositivos',
  'server.code.notTaken': 'El servidor no conoce este código. Mira si está entero o pregunta a quien lo administra.',
  'server.code.notTakenSince':
    'El servidor no conoce el código que pusiste, o ya no. Todo se guarda solo en este dispositivo. Pide otro a quien lo administra.',
  'server.code.locked': 'Tu historial está bloqueado. Desbloquéalo primero.',
}
