// Rows of a portfolio as an office exports it, in the registry's own CSV: numbers, titles, two inventors, three classes,
// one holder or two. The same seed makes the same file.
import { random } from './data.mjs'

const nouns = [
  '固体電解質',
  '半導体装置',
  '触媒',
  '光学素子',
  '抗体',
  '二次電池',
  '画像処理装置',
  '磁性材料',
  '燃料電池',
  '重合体',
]
const kinds = ['の製造方法', '及びその製造方法', 'を用いた装置', 'の評価方法', '用組成物', 'の制御方法']
const families = ['山田', '佐藤', '鈴木', '高橋', '田中', '伊藤', '渡辺', '中村', '小林', '加藤']
const given = ['太郎', '花子', '一郎', '直美', '健', '由美', '誠', '恵子', '修', '明']
const symbols = [
  'H01M10/0562',
  'H01L21/304',
  'B01J23/42',
  'G02B1/10',
  'C07K16/28',
  'H01M4/525',
  'G06T7/00',
  'H01F1/053',
  'H01M8/10',
  'C08F220/18',
]

export const header =
  'numbers,title_ja,title_en,holders,inventors,ipc,cpc,fi,priority_on,filed_on,published_on,granted_on,expires_on,status,status_on,family,reference'

export function* importLines(count, seed, owner, { first = 0, abstractBytes = 0 } = {}) {
  const next = random(seed)
  const pick = (list) => list[Math.floor(next() * list.length)]
  const padding = abstractBytes > 0 ? `,${'要'.repeat(Math.ceil(abstractBytes / 3))}` : ''
  for (let i = first; i < first + count; i++) {
    const year = 1994 + (i % 20)
    const grant = 3_000_000 + i
    const application = `特願${year}-${String(100_000 + Math.floor(i / 20)).padStart(6, '0')}`
    const day = String(1 + (i % 28)).padStart(2, '0')
    const other = i % 3 === 0 ? `;株式会社共同${i % 200}` : ''
    const people = `${pick(families)} ${pick(given)};${pick(families)} ${pick(given)}${i % 7}`
    const classes = [pick(symbols), pick(symbols), pick(symbols)].join(';')
    yield `特許第${grant}号;${application},${pick(nouns)}${i}${pick(kinds)},,${owner}${other},${people},${classes},,,,${year}-05-${day},,${year + 4}-03-${day},,,,,P${i}${padding}\r\n`
  }
}
