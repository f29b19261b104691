/** In every backup, before the English words. */
export const README = `这是用 Wellkeep 保存的一份健康记录的备份。

要恢复记录：在还没有记录的设备上打开 Wellkeep，选择“从备份文件恢复”，
选择包含本文的那个文件（以 .age 结尾），然后输入恢复套件纸上的
24 个恢复词或备份码。不需要服务器。

不用 Wellkeep 也能读取：您需要 age 程序（或任何支持 age-encryption.org
格式的程序）和备份码（连同连字符）：

    age -d -o backup.tar wellkeep-backup-....age
    tar xf backup.tar

record.fhir.json   记录的全部内容，一个 FHIR R4 文件，是可直接阅读的文本。
logs, blobs        Wellkeep 保存的记录，逐块封存。
account.bin        打开这些块的密钥。不要给任何人看。
kept               为他人保管的记录。
manifest.json      每个文件的大小和 SHA-256。

他人与此人共享的内容属于他们，不在其中。`
