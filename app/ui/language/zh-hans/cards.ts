import type { cards as en } from '../en/cards.ts'
import type { Message } from '../message.ts'

export const cards = {
  'format.health-card': 'SMART 健康卡',
  'scan.denied.picture': '不能使用摄像头。请在浏览器设置中允许，或选择图片。',
  'scan.none.picture': '没有找到摄像头。请选择二维码的图片。',
  'import.scan': '扫描二维码',
  'import.scanned': '扫描的二维码',
  'import.codes.title': '还需要一个二维码',
  'import.codes.text': '这张卡分成 {total} 个二维码。已读取：{have}。请以任意顺序扫描其余的，或选择它们的图片。',
  'import.failed.card.unreadable': '无法读取这张健康卡：它已损坏，或者不是 SMART 健康卡。请向发给您的地方重新索取。',
  'import.failed.card.too-large': '这张健康卡远远大于任何卡。没有读取。',
  'import.failed.card.other': '它有签名，但不是含有记录的健康卡。',
  'import.failed.card.signature': '这张健康卡的签名不对：签名之后被改动过，或者是别人做的。其中的内容一律不导入。',
  'import.failed.issuer-file.no-keys': '这是一个密钥文件，但其中没有能核对健康卡的密钥。',
  'import.failed.issuer-file.no-directory':
    '这是健康卡签发者的名录，但没有写明属于谁、是哪一天的，或者其中没有能核对健康卡的密钥。请向制作者重新获取。',
  'import.failed.issuer-file.large-directory': '这个签发者名录远远大于任何名录。没有读取。',
  'unusable.card-unreadable': { other: '{count} 张健康卡无法读取' },
  'unusable.card-too-large': { other: '{count} 张健康卡远远大于任何卡' },
  'unusable.card-other': { other: '{count} 项有签名，但不含健康记录' },
  'unusable.card-signature': { other: '{count} 张健康卡的签名不对：被改动过，或者是别人做的' },

  'card.title': '这张健康卡是真的吗？',
  'card.checkedAt': '于 {date} 导入时核对',
  'card.signature.trusted':
    '是：由 {issuer} 签名，您保存着它的密钥，之后没有任何改动。这说明是谁写的，不说明内容全都正确。',
  'card.signature.listed':
    '是，前提是您保存的名录可靠：由 {issuer} 签名，之后没有任何改动。这说明是谁写的，不说明内容全都正确。',
  'card.signature.other-issuer': '不确定：签名有效，但不知道密钥是否属于卡上所写的 {issuer}。请不要相信它是谁写的。',
  'card.signature.no-key': '这里无法核对，因为您没有保存卡上所写的 {issuer} 的密钥。它仍可能是真的。没有向任何人查询。',
  'card.signature.unsigned': '不是：没有人签名。这只是一张卡的内容，写着 {issuer}。任何人都可能写出来。',
  'card.time.valid': '签发于 {date}。',
  'card.time.until': '签发于 {date}，有效至 {until}。',
  'card.time.expired': '它已失效：于 {date} 到期。',
  'card.time.not-yet': '它尚未生效：从 {date} 开始。',
  'card.time.unclear': '它没有清楚写明何时签发或何时到期。',
  'card.revocation.revoked': '签发者已将它撤销。请不要依靠它。',
  'card.revocation.not-listed': '它不在您保存的撤销名单上。',
  'card.revocation.not-checked': '没有核对签发者是否已将它撤销。',
  'card.directory': '依据名录 {source} 在 {date} 的内容核对。',

  'issuer.add': '添加签发者的密钥文件',
  'issuer.add.text':
    '有签发者的密钥就可以核对。请向签发者索取密钥文件；多数公布在 {address}。只从签发者本身获取：在此添加谁的密钥，就是信任谁。',
  'issuer.file.title': '这是密钥，不是记录',
  'issuer.file.text':
    '此文件可以核对一个签发者的健康卡。这些是谁的密钥？请输入其卡上所写的网址。只有直接从签发者得到的才添加。',
  'issuer.address': '签发者的网址',
  'issuer.keep': '保存这些密钥',
  'issuer.list.title': '这是已撤销的卡的名单',
  'issuer.list.text': '以后导入的卡会与它比对。它会取代同一密钥的旧名单。',
  'issuer.list.keep': '保存此名单',
  'issuer.kept': '已保存。从现在起可以核对 {issuer} 的卡。',
  'issuer.failed.no-keys': '此文件中没有能核对健康卡的密钥。',
  'issuer.failed.bad-address': '卡上的签发者是以 https:// 开头的网址。',
  'issuer.failed.unknown-key': '此名单属于您没有保存的密钥。请先添加签发者的密钥文件。',
  'issuer.failed.directory':
    '这是许多签发者的名录，不是一个签发者的密钥。请取消，然后作为要导入的文件选择它：保存之前会先显示其中的内容。',
  'issuer.title': '您信任的健康卡签发者',
  'issuer.none': '目前没有。Wellkeep 不附带签发者名单：信任谁的密钥由您决定。',
  'issuer.count': { other: '{count} 个密钥' },
  'issuer.revoked': { other: '{count} 张已撤销的卡' },
  'issuer.forget': '不再信任',

  'directory.title': '这是签发者的名录，不是记录',
  'directory.text':
    '有了它，就可以核对所有这些签发者的健康卡。谁算签发者，由制作名录的人替您决定。只有您信任他们，并且直接从他们那里得到时才保存。',
  'directory.issuers': { other: '{count} 个签发者' },
  'directory.asOf': '截至 {date}',
  'directory.replaces': '它会取代您保存的 {date} 的名录。',
  'directory.older': '您保存着较新的名录（{date}）。这个较旧的会取代它。',
  'directory.keep': '信任此名录',
  'directory.kept': { other: '已保存。从现在起可以核对 {count} 个签发者的卡。' },
  'directory.forget': '不再信任此名录',
} satisfies Record<keyof typeof en, Message>
