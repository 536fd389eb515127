import type { NumberWarning, NumberWarningCode } from './number.ts'

export function warningOf(code: NumberWarningCode): NumberWarning {
  return { code, text: texts[code] }
}

const texts = {
  application_number_of_granted: {
    ja: '「ZL」の付いた番号は、登録された中国の権利の出願番号です。',
    en: 'A number with "ZL" is the application number of a granted Chinese right.',
  },
  check_digit_wrong: {
    ja: '検査数字が合いません。番号を確かめてください。',
    en: 'The check digit does not match. Please check the number.',
  },
  era_after_1999: {
    ja: '2000年以後の番号は西暦で書きます。元号を西暦に直して読みました。',
    en: 'Numbers from 2000 on are written with the Western year. The era year was converted.',
  },
  era_not_written: {
    ja: '元号がないため、1〜12年を平成、20〜64年を昭和として読みました。',
    en: 'No era is written: years 1 to 12 are read as Heisei, 20 to 64 as Showa.',
  },
  eu_means_ep: {
    ja: '「EU」は官庁コードではないため、「EP」（欧州特許庁）として読みました。',
    en: '"EU" is not an office code; it is read as "EP" (European Patent Office).',
  },
  input_too_long: {
    ja: '1件の番号としては長すぎます。',
    en: 'This is too long to be one number.',
  },
  kind_does_not_fit: {
    ja: 'この形の番号に、この種別コードは使われません。',
    en: 'This kind code is not used with a number of this shape.',
  },
  office_missing: {
    ja: '官庁が書かれていません。「JP」「US」などの官庁コードを番号の前に付けてください。',
    en: 'No office is named. Put an office code such as "JP" or "US" before the number.',
  },
  old_law: {
    ja: '2500000号以前の特許は旧法による登録で、特許公報の代わりに特公（出願公告）があります。',
    en: 'Patents up to number 2500000 are registrations under the old law: their text is the examined publication.',
  },
  reiwa_in_number: {
    ja: '番号に令和は使われません。西暦に直して読みました。',
    en: 'The Reiwa era is not used in numbers. The year was converted to the Western year.',
  },
  two_spellings_1989: {
    ja: '1989年の番号には昭和64年と平成1年の2通りの書き方があり、同じ番号として扱います。',
    en: 'Numbers of 1989 are written both as Showa 64 and as Heisei 1; both mean the same number.',
  },
  uk_means_gb: {
    ja: '「UK」は官庁コードではないため、「GB」（英国）として読みました。',
    en: '"UK" is not an office code; it is read as "GB" (United Kingdom).',
  },
} as const satisfies Record<NumberWarningCode, { ja: string; en: string }>
