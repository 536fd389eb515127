import type { LegalStatus } from '../../../policies/vocabulary.ts'

/** `ended`: given up, which ends a right that was granted and withdraws an application. `refusal_not_final`: 拒絶査定. */
export type StatusWord = LegalStatus | 'ended' | 'refusal_not_final'

/** A status as offices, databases and docket lists write it, ja or en. Undefined when it is none of their words. */
export function readStatus(text: string): StatusWord | undefined {
  if (text.length > statusCharactersMax) return undefined
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s()（）「」・:_-]+/g, '')
    .replace(/[。.]$/, '')
  return words.get(plain) ?? words.get(plain.replace(/(?:済み?|中|確定|した)$/, ''))
}

/** Which status the word means for a right of which is known whether it was granted. */
export function statusOf(word: StatusWord, granted: boolean): LegalStatus {
  if (word === 'ended') return granted ? 'lapsed' : 'withdrawn'
  return word === 'refusal_not_final' ? 'pending' : word
}

/** Stage and last event of J-PlatPat: `特許 有効`, `特許 消滅` with `年金不納による特許権の消滅`. */
export function readJapaneseStage(stage: string, event: string): LegalStatus | undefined {
  const plain = stage.normalize('NFKC').replace(/\s+/g, '')
  if (/^(?:特許|実用新案|登録)?有効$/.test(plain)) return 'granted'
  if (/^(?:特許|実用新案|登録)?消滅$/.test(plain)) {
    if (/満了/.test(event)) return 'expired'
    return /無効|取消/.test(event) ? 'revoked' : 'lapsed'
  }
  if (/^(?:審査請求前|審査中|査定不服|審判中|審理中|異議申立中|登録手続中|特許査定)$/.test(plain)) return 'pending'
  if (/却下|拒絶|取下|放棄/.test(plain)) return /取下|放棄/.test(event) ? 'withdrawn' : 'refused'
  return undefined
}

const statusCharactersMax = 100

const spelled: readonly (readonly [StatusWord, string])[] = [
  [
    'granted',
    '登録 特許 特許登録 特許有効 有効 権利存続 存続 登録維持 維持 権利維持 権利化 成立 設定登録 権利有り 年金納付 実用新案有効 granted grant issued active inforce patented registered alive live patent maintained',
  ],
  [
    'pending',
    '出願 出願済 審査 審査請求 審査請求前 未審査請求 審査未請求 未請求 審査請求済 係属 公開 公開済 未公開 拒絶理由 拒絶理由通知 拒絶理由対応 査定不服 審判 特許査定 登録査定 査定 応答 国際公開 pct出願 国内移行 pending application applied filed published underexamination examination allowed patentpending provisional',
  ],
  ['refusal_not_final', '拒絶査定'],
  ['expired', '満了 期間満了 存続期間満了 権利満了 存続期間終了 expired termexpired expiredlifetime'],
  [
    'lapsed',
    '消滅 特許消滅 権利消滅 年金不納 年金未納 登録抹消 抹消 権利放棄 特許料不納 失効 lapsed ceased terminated inactive expiredfeerelated expiredfortfailuretopay notinforce dead',
  ],
  ['refused', '拒絶 拒絶確定 拒絶査定確定 却下 拒絶維持 refused rejected refusedfinal finallyrefused'],
  [
    'withdrawn',
    '取下 取下げ 取り下げ みなし取下 みなし取下げ 出願取下 出願取下げ 出願放棄 withdrawn deemedwithdrawn discontinued abandonedapplication',
  ],
  ['ended', '放棄 中止 終了 断念 abandoned closed ended dropped'],
  ['revoked', '無効 無効確定 取消 取消し 取消確定 無効取消し revoked invalid invalidated annulled cancelled canceled'],
  ['unknown', '不明 unknown'],
]

const words: ReadonlyMap<string, StatusWord> = new Map(
  spelled.flatMap(([status, list]) => list.split(' ').map((word) => [word, status] as const)),
)
