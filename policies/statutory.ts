import type { Mode, Text } from './vocabulary.ts'

/** What the law of a country says of research use by itself, with the provision it comes from. Information, not advice. */
export type StatutoryNote = Text & { readonly source: string }

/**
 * A note to show beside a verdict; it never changes one. `country` is an ST.3 code. Undefined: no note is kept for
 * that country, which says nothing about its law.
 */
export function statutoryNote(country: string, mode: Mode): StatutoryNote | undefined {
  return notes.get(country)?.[mode]
}

const tool = {
  ja: '発明を道具として使う研究は、一般には例外に当たらないと考えられています。',
  en: 'Research that uses the invention as a tool is generally thought to fall outside the exception.',
}

const notes: ReadonlyMap<string, Readonly<Record<Mode, StatutoryNote>>> = new Map([
  [
    'JP',
    pair(
      '特許法第69条第1項（経済産業省 2004年の検討も参照）',
      '日本では、試験または研究のためにする特許発明の実施に特許権の効力は及びません。発明そのものを調べ、改良する研究が主に想定されていますが、範囲には議論があります。',
      'In Japan a patent does not extend to working the invention for experiment or research. This is mainly understood as research that examines or improves the invention; its extent is debated.',
      `日本の試験研究の例外は、発明そのものを調べる研究が主に想定されています。${tool.ja}`,
      `The Japanese exception for experiment and research is mainly understood as research on the invention. ${tool.en}`,
    ),
  ],
  [
    'US',
    pair(
      'Madey v. Duke University, 307 F.3d 1351 (Fed. Cir. 2002); 35 U.S.C. § 271(e)(1)',
      '米国の判例による実験の例外はたいへん狭く、大学の研究でも、その本来の業務を進めるものは当たらないとされています。医薬品などの承認申請に関する例外は別にあります。',
      'The experimental-use exception of United States case law is very narrow: research that furthers an institution’s legitimate business, a university’s included, has been held outside it. A separate safe harbour covers certain regulatory submissions.',
      '米国の判例による実験の例外はたいへん狭く、発明を道具として使う研究には頼りにくいとされています。',
      'The experimental-use exception of United States case law is very narrow and gives little support to use of the invention as a research tool.',
    ),
  ],
  [
    'EP',
    pair(
      'Agreement on a Unified Patent Court, art. 27(b); national law of each state',
      '欧州特許の効力は、国ごとの法、または統一特許裁判所協定によります。多くの国に、発明の対象に関する実験のための例外があります。研究する国の法を確かめてください。',
      'The effect of a European patent depends on national law or on the Unified Patent Court Agreement. Most states have an exception for experiments relating to the subject-matter of the invention. Look at the law of the country of the research.',
      `欧州特許の効力は、国ごとの法、または統一特許裁判所協定によります。${tool.ja}国により異なります。`,
      `The effect of a European patent depends on national law or on the Unified Patent Court Agreement. ${tool.en} Countries differ.`,
    ),
  ],
  [
    'DE',
    pair(
      'Patentgesetz § 11 Nr. 2',
      'ドイツでは、発明の対象に関する実験のための行為に特許権の効力は及びません。裁判所は、発明についての知識を得る実験に広く認めてきました。',
      'In Germany a patent does not extend to acts for experimental purposes relating to the subject-matter of the invention. The courts have read this widely for experiments that seek knowledge about the invention.',
      `ドイツの例外は、発明の対象に関する実験に限られます。${tool.ja}`,
      `The German exception is for experiments relating to the subject-matter of the invention. ${tool.en}`,
    ),
  ],
  [
    'FR',
    pair(
      'Code de la propriété intellectuelle, art. L613-5 b)',
      'フランスでは、発明の対象に関する実験のための行為に特許権の効力は及びません。',
      'In France a patent does not extend to acts for experimental purposes relating to the subject-matter of the invention.',
      `フランスの例外は、発明の対象に関する実験に限られます。${tool.ja}`,
      `The French exception is for experiments relating to the subject-matter of the invention. ${tool.en}`,
    ),
  ],
  [
    'GB',
    pair(
      'Patents Act 1977, s. 60(5)(b)',
      '英国では、発明の対象に関する実験のための行為は侵害になりません。',
      'In the United Kingdom an act for experimental purposes relating to the subject-matter of the invention does not infringe.',
      `英国の例外は、発明の対象に関する実験に限られます。${tool.ja}`,
      `The United Kingdom exception is for experiments relating to the subject-matter of the invention. ${tool.en}`,
    ),
  ],
  [
    'CN',
    pair(
      '中华人民共和国专利法 第七十五条第四项（2020年修正）',
      '中国では、もっぱら科学研究と実験のために特許を使用することは、侵害とみなされません。発明そのものについての研究を指すと解されています。',
      'In China use of a patent solely for scientific research and experiment is not deemed infringement. This is understood as research on the patented technology itself.',
      `中国の例外は、特許技術そのものについての研究を指すと解されています。${tool.ja}`,
      `The Chinese exception is understood as research on the patented technology itself. ${tool.en}`,
    ),
  ],
  [
    'KR',
    pair(
      '특허법 제96조 제1항 제1호',
      '韓国では、研究または試験をするための特許発明の実施に特許権の効力は及びません。発明そのものを調べる研究が主に想定されています。',
      'In Korea a patent does not extend to working the invention for research or testing. This is mainly understood as research on the invention.',
      `韓国の例外は、発明そのものを調べる研究が主に想定されています。${tool.ja}`,
      `The Korean exception is mainly understood as research on the invention. ${tool.en}`,
    ),
  ],
])

function pair(source: string, onJa: string, onEn: string, withJa: string, withEn: string): Record<Mode, StatutoryNote> {
  return { on: { ja: onJa, en: onEn, source }, with: { ja: withJa, en: withEn, source } }
}
