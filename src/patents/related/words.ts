import type { Bilingual } from '../../shapes.ts'
import type { RelatedKind } from './related-item.ts'

export const relatedKindWords: Readonly<Record<RelatedKind, Bilingual>> = {
  paper: { ja: '論文', en: 'Papers' },
  dataset: { ja: 'データ', en: 'Data sets' },
  software: { ja: 'ソフトウェア', en: 'Software' },
  material: { ja: '試料・材料', en: 'Materials' },
  video: { ja: '動画', en: 'Videos' },
  seed: { ja: 'まだ特許になっていない成果', en: 'Seeds: results not yet patented' },
  project: { ja: 'プロジェクト', en: 'Projects' },
  contact: { ja: '尋ねる先', en: 'Whom to ask' },
  other: { ja: 'そのほか', en: 'Other' },
}
