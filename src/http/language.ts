import type { Bilingual } from '../shapes.ts'
import type { Http } from './api.ts'
import { preferred } from './negotiate.ts'

export const languages = ['ja', 'en'] as const
export type Language = (typeof languages)[number]

/** The language that the address names (`/ja/…`); without one the reader's preference, Japanese when there is none. */
export function languageOf(c: Http): { lang: Language; named: boolean } {
  const named = languages.find((lang) => c.req.path === `/${lang}` || c.req.path.startsWith(`/${lang}/`))
  if (named) return { lang: named, named: true }
  return { lang: preferred(c.req.header('Accept-Language'), languages, 'language') ?? 'ja', named: false }
}

export function other(lang: Language): Language {
  return lang === 'ja' ? 'en' : 'ja'
}

/** A text in the language asked for, or in the other one with its `lang`, where only that is known. */
export function said(text: { ja?: string; en?: string }, lang: Language): { text: string; lang?: Language } {
  const own = text[lang]
  if (own !== undefined && own !== '') return { text: own }
  return { text: text[other(lang)] ?? '', lang: other(lang) }
}

/** `2026-11-21` as it is read: 2026年11月21日, 21 November 2026. */
export function readDate(date: string, lang: Language): string {
  const [year, month, day] = date.split('-').map(Number)
  const name = months[(month ?? 0) - 1]
  if (year === undefined || day === undefined || name === undefined) return date
  return lang === 'ja' ? `${year}年${month}月${day}日` : `${day} ${name} ${year}`
}

export function readCount(count: number, lang: Language): string {
  return count.toLocaleString(lang === 'ja' ? 'ja-JP' : 'en-GB')
}

/**
 * Fills `{name}` in a sentence of a dictionary. A count with the words that it counts is `{count|patent|patents}`: the
 * first after 1, the second after any other number.
 */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replaceAll(
    /\{([a-z]{1,20})(?:\|([^{|}]{1,60})\|([^{|}]{1,60}))?\}/g,
    (place, name: string, one?: string, many?: string) => {
      const value = values[name]
      if (value === undefined) return place
      return one === undefined ? String(value) : `${value} ${String(value) === '1' ? one : many}`
    },
  )
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

const ja = {
  skip: '本文へ進む',
  tagline: '研究のための特許の共有地',
  check: '照会',
  patents: '特許',
  terms: '利用条件',
  verify: '検証',
  docs: 'API',
  map: '特許マップ',
  areas: '重点領域',
  about: '入会について',
  log: '公開記録',
  privacy: '個人情報',
  accessibility: 'アクセシビリティ',
  fields: '技術分野',
  organisations: '機関の一覧',
  join: '機関として参加する',
  participation: '参加契約',
  main: '主なページ',
  more: 'そのほかのページ',
  menu: 'メニュー',
  switchTo: 'English',
  signIn: 'サインイン',
  me: '自分の画面',
  foot: '宣言は権利者によるものです。このサイトの答えは、記録された事実と利用条件に基づくもので、法的助言ではありません。',
  promise: '閲覧と照会に登録は要りません。誰が何を尋ねたかは、本人が保存したもののほかは記録しません。',
  problems: 'エラーの一覧',
  changes: '変更の記録（Atom）',
} as const

const en: Record<keyof typeof ja, string> = {
  skip: 'Skip to the content',
  tagline: 'a research-patent commons',
  check: 'Check',
  patents: 'Patents',
  terms: 'Terms',
  verify: 'Verify',
  docs: 'API',
  map: 'Maps',
  areas: 'Areas',
  about: 'About',
  log: 'Public log',
  privacy: 'Privacy',
  accessibility: 'Accessibility',
  fields: 'Fields',
  organisations: 'Organisations',
  join: 'Join as an organisation',
  participation: 'Participation agreement',
  main: 'Main pages',
  more: 'More pages',
  menu: 'Menu',
  switchTo: '日本語',
  signIn: 'Sign in',
  me: 'Your page',
  foot: 'Declarations are made by the holders. The answers given here rest on recorded facts and published terms; they are not legal advice.',
  promise: 'Reading and checking need no account, and nobody’s questions are recorded but those that they save.',
  problems: 'List of problems',
  changes: 'Changes (Atom)',
}

/** Words that every page shows. */
export const siteWords: Readonly<Record<Language, Record<keyof typeof ja, string>>> = { ja, en }

/** Shown on every page while the registry holds the sample. */
export const sampleNotice: Bilingual = {
  ja: 'これは見本です。特許は実在しますが、宣言と許諾証は架空のものです。',
  en: 'This is a trial with sample data: the patents are real, the declarations and grants are invented.',
}
