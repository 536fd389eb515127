import { expect, test } from 'vitest'
import { hasSignOfOrganisation } from '../../src/imports/individuals.ts'

test('names of organisations are seen as such by their form or their words', () => {
  const names = [
    'トヨタ自動車㈱',
    '国立大学法人京都大学',
    '東京都',
    '国',
    '経済産業省',
    '日本学術振興会',
    '（独）産業技術総合研究所',
    'Massachusetts Institute of Technology',
    'The Regents of the University of California',
    'Robert Bosch GmbH',
    'Basf Aktiengesellschaft',
    'KABUSHIKI KAISHA TOSHIBA',
    'Tokyo Kogyo Daigakucho',
    'Université Paris-Saclay',
    'Yildiz Tekni̇k Üni̇versi̇tesi̇ Döner Sermaye',
    'Fraunhofer-Gesellschaft zur Förderung der angewandten Forschung e.V.',
    'Agencia Estatal Consejo Superior De Investigaciones Cientificas',
    'JIANGSU JIANZHU INST',
    'Us Air Force',
    'Ford Motor Co',
    'Standard Oil Co Ohio',
    'IBM',
    '3M',
    'AT&T',
  ]
  expect(names.filter((name) => !hasSignOfOrganisation(name))).toEqual([])
})

test('names written in katakana are seen as well, however long sounds, small letters and marks are written', () => {
  const names = [
    'グーグル・インク',
    'エックステンド　エーアイ　インク．',
    'サ－コス　コーポレイション',
    'ダイヤモンド・シヤムロツク・コ−ポレ−シヨン',
    'イオニツク・マテリアルズ・インコーポレーテツド',
    'ボストン　ダイナミクス，インコーポレイテッド',
    'ソリッド パワー，インコーポレイティド',
    'アライバル、リミテッド',
    'クロ−ライド・サイレント・パワ−・リミテツド',
    'フオ−ド　モ−タ−　カンパニ−',
    'ウェイモ　エルエルシー',
    'フランカ　エーミカ　ゲーエムベーハー',
    'エイ・エム・ジー リシウム ゲー・エム・ベー・ハー',
    'ダイムラー・アクチェンゲゼルシャフト',
    'ローベルト　ボツシユ　ゲゼルシヤフト　ミツト　ベシユレンクテル　ハフツング',
    'ノースウェスタン ユニヴァーシティ',
    'ウニヴェルシテ ド モントリオール',
    'サントル・ナショナル・ド・ラ・ルシェルシェ・シアンティフィーク（セーエヌエールエス）',
    'コリア・インスティテュート・オブ・サイエンス・アンド・テクノロジー',
  ]
  expect(names.filter((name) => !hasSignOfOrganisation(name))).toEqual([])
})

test('names of organisations in Chinese, Korean and Russian are seen as well', () => {
  const names = [
    '清华大学',
    '國立成功大學',
    '宁德时代新能源科技股份有限公司',
    '湖北光谷实验室',
    '国家纳米科学中心',
    '法国原子能及替代能源委员会',
    '首爾大學校產學協力團',
    '주식회사 엘지화학',
    '에너그린(주)',
    '서울대학교산학협력단',
    '한국과학기술원',
    '전자부품연구원',
    '가부시끼가이샤 도시바',
    '고쿠리츠다이가쿠호진 미에다이가쿠',
    '코닝 인코포레이티드',
    '더 리젠츠 오브 더 유니버시티 오브 캘리포니아',
    'Институт кристаллографии РАН',
    'Общество с ограниченной ответственностью "АИТ"',
    'Мерк Патент Гмбх',
    'Тойота Дзидося Кабусики Кайся',
  ]
  expect(names.filter((name) => !hasSignOfOrganisation(name))).toEqual([])
})

test('owners that are counted and not named are no organisation', () => {
  const names = ['ほか2名', '他１社', '外 3 名', '外１名']
  expect(names.filter(hasSignOfOrganisation)).toEqual([])
})

test('names of people have no such sign, in whatever script', () => {
  const names = [
    '山田 太郎',
    '山田太郎',
    'YAMADA Taro',
    'ジョン・スミス',
    'フツト，ピ−タ−　ジヨナサン　サミユエル',
    'ミゲル・サンチェス',
    'カンパネッラ　トマソ',
    'John A. Smith',
    '国分 健',
    '市川 海老蔵',
    '田村',
    'Maria Müller-Lüdenscheidt',
    '王 小明',
    '王学会',
    '李大学',
    '張連合',
    '欧阳建省',
    '김동원',
    '강전자',
    '마사히로 다츠미사고',
    'Варвара Андреевна Елшина',
    'Иван Компанеец',
  ]
  expect(names.filter(hasSignOfOrganisation)).toEqual([])
})

test('a syllable, an initial or a family name that is a word of organisations too does not make one', () => {
  const names = [
    'Se-Hee Lee',
    'LEE SE HEE',
    'Maria De Sa',
    'Smith AG',
    'Rao BV',
    'Jose Maria Co',
    'Asa Gray',
    'Juan Cea',
    'David Nims',
    'Peter Kist',
    'Robert Power',
    'Jean Bureau',
    'John Steel',
    'Nat Turner',
    'Is0Bel Davidson',
    'John Smith & Mary Jones',
    'Francis J. Di Salvo, Jr.',
    'Thomas Edison III',
  ]
  expect(names.filter(hasSignOfOrganisation)).toEqual([])
})

test('a name as long as a cell may be is looked at in no time', () => {
  const started = performance.now()
  for (const part of ['ア', '大', 'a ', '가', '&', 'コ−', 'и', '1'])
    expect(hasSignOfOrganisation(part.repeat(100_000 / part.length))).toBe(false)
  expect(performance.now() - started).toBeLessThan(2000)
})
