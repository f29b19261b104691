import type { common as en } from '../en/common.ts'
import type { Message } from '../message.ts'

export const common = {
  'app.name': 'Wellkeep',
  'app.loading': '正在打开…',

  'act.add': '添加',
  'act.back': '返回',
  'act.cancel': '取消',
  'act.close': '关闭',
  'act.edit': '编辑',
  'act.remove': '移除',
  'act.save': '保存',
  'act.tryAgain': '重试',
  'act.undo': '撤销',

  'fresh.field': '您的密码短语',
  'pass.needed': '请先输入密码短语。',
  'fresh.wrong': '这不是您的密码短语。',
  'fresh.export.text': '任何拿到此文件的人都能阅读它，因此需要您的密码短语。',
  'fresh.pair.text': '另一台设备将能阅读和更改所有内容。输入密码短语，表示是您允许它加入。',
  'fresh.pair.act': '允许加入',
  'fresh.keys.text': '您与{name}共享的内容将在对方新的 Wellkeep 中可见，旧的则不再可见。输入密码短语，表示您同意。',
  'fresh.autoLock.text': '无人使用时，应用会保持打开更久。输入密码短语，表示您同意。',
  'fresh.keys.act': '采用新的',
  'fresh.kit.text': '这些单词能在任何设备上打开一切。要查看它们，请输入您的密码短语。',
  'fresh.kit.act': '显示恢复套件',

  'field.half': '有一部分没有填。请填完整，或全部清空。',
  'field.optional': '选填',
  'field.show': '显示{field}',
  'field.hide': '隐藏{field}',
  'field.needed': '请填写此项。',

  'nav.label': '主导航',
  'nav.home': '首页',
  'nav.timeline': '时间线',
  'nav.add': '添加',
  'nav.import': '导入',
  'nav.people': '家人与共享',
  'nav.people.short': '联系人',
  'nav.devices': '设备',
  'nav.settings': '设置',
  'nav.bin': '回收站',
  'nav.more': '更多',
  'nav.skip': '跳到正文',
  'nav.lock': '立即锁定',
  'nav.notFound.title': '没有这个页面',
  'nav.notFound.text': '地址可能有误，或者它所指的内容已被删除。',
  'nav.notFound.home': '回到首页',

  'text.sentence': '{text}。',

  'toast.region': '消息',
  'toast.dismiss': '关闭提示',

  'failed.title': '此页面出了问题',
  'failed.text': '您的记录是安全的：已保存的内容没有丢失。请重试，或重新加载应用。',
  'failed.reload': '重新加载应用',
} satisfies Record<keyof typeof en, Message>
