import { z } from 'zod'

/** The same sentence in both languages of the registry. */
export type Text = { readonly ja: string; readonly en: string }
/** How a tag is shown: a label for tables, and one plain sentence that a reader without legal training understands. */
export type Word = { readonly label: Text; readonly sentence: Text }

export const beneficiary = z.enum([
  'university',
  'research_institute',
  'hospital',
  'nonprofit',
  'government',
  'company',
  'individual',
])
export type Beneficiary = z.infer<typeof beneficiary>

export const beneficiaryWords: Readonly<Record<Beneficiary, Word>> = {
  university: word(
    '大学',
    '大学、大学共同利用機関、高等専門学校とその附置機関です。',
    'Universities',
    'A university, inter-university institute or college of technology, with its attached institutes.',
  ),
  research_institute: word(
    '研究機関',
    '国公立の研究所、国立研究開発法人、公設試験研究機関など、研究を主な目的とする営利でない機関です。',
    'Research institutes',
    'A not-for-profit body whose main purpose is research, including national institutes and public testing laboratories.',
  ),
  hospital: word(
    '病院',
    '営利を目的としない病院です。営利を目的とする病院は企業として扱います。',
    'Hospitals',
    'A not-for-profit hospital. A hospital run for profit counts as a company.',
  ),
  nonprofit: word(
    '非営利団体',
    '公益法人、学会、財団など、上の三つに当たらない営利でない団体です。',
    'Non-profit organisations',
    'A foundation, learned society or other not-for-profit body that is none of the three above.',
  ),
  government: word(
    '行政機関',
    '国や地方公共団体の行政機関です。国公立の研究所は研究機関に当たります。',
    'Government bodies',
    'An administrative body of a state or local government. A public research laboratory is a research institute.',
  ),
  company: word(
    '企業',
    '営利を目的とする法人と、個人事業主です。',
    'Companies',
    'A body or sole trader run for profit.',
  ),
  individual: word(
    '個人',
    '機関の一員としてではなく、自分のために研究する人です。',
    'Individuals',
    'A person who does research on their own account and not as a member of an organisation.',
  ),
}

export const purpose = z.enum([
  'basic_research',
  'applied_research',
  'verification',
  'education',
  'sponsored_research',
  'joint_research_with_company',
  'evaluation',
  'contract_research',
  'clinical_research',
  'regulatory_testing',
  'commercial',
])
export type Purpose = z.infer<typeof purpose>

export const purposeWords: Readonly<Record<Purpose, Word>> = {
  basic_research: word(
    '基礎研究',
    '特定の製品やサービスを目標にせず、新しい知識を得るための研究です。',
    'Basic research',
    'Research for new knowledge, with no particular product or service in view.',
  ),
  applied_research: word(
    '応用研究',
    '実用上の目標のために新しい知識や方法を得る研究です。製品化の作業は含みません。',
    'Applied research',
    'Research for new knowledge or methods towards a practical aim, short of product development.',
  ),
  verification: word(
    '再現・検証',
    '発表された結果や明細書に書かれた効果を、再現して確かめることです。',
    'Verification',
    'Reproducing published results, or the effects a specification describes, to see whether they hold.',
  ),
  education: word(
    '教育',
    '授業、実習、学生の研究指導に使うことです。',
    'Education',
    'Use in classes, practical courses and the supervision of student research.',
  ),
  sponsored_research: word(
    '企業などの資金による研究',
    '企業などから資金を受けて、機関が自らの研究として行うものです。公的な研究費による研究は、内容により基礎研究か応用研究に当たります。',
    'Sponsored research',
    'An institution’s own research paid for by a company or another outside party. Research on public funds counts as basic or applied research by its content.',
  ),
  joint_research_with_company: word(
    '企業との共同研究',
    '営利でない機関と企業が、分担を決めて一緒に行う研究です。',
    'Joint research with a company',
    'Research that a not-for-profit institution and a company do together, each with a stated part.',
  ),
  evaluation: word(
    '採否の評価',
    '発明を採用する価値があるかを判断するための試作、測定、試験です。',
    'Evaluation',
    'Trial making, measuring and testing to judge whether the invention is worth using.',
  ),
  contract_research: word(
    '受託試験・受託研究',
    '第三者から対価を受け、その第三者のために特許発明を実施することです。',
    'Contract research',
    'Performing the invention for a third party in return for payment.',
  ),
  clinical_research: word(
    '臨床研究',
    '人を対象に、診断、治療、予防のために特許発明を実施する研究です。',
    'Clinical research',
    'Research on people that performs the invention for diagnosis, treatment or prevention.',
  ),
  regulatory_testing: word(
    '承認申請のための試験',
    '医薬品などの承認や登録を受けるためのデータを得る試験です。',
    'Regulatory testing',
    'Tests that produce the data for a marketing approval or registration.',
  ),
  commercial: word(
    '商業利用',
    '販売、有償のサービス、日常的な生産など、事業としての利用です。',
    'Commercial use',
    'Use as a business: sale, paid service or routine production.',
  ),
}

export const mode = z.enum(['on', 'with'])
export type Mode = z.infer<typeof mode>

export const modeWords: Readonly<Record<Mode, Word>> = {
  on: word(
    '発明を調べる研究',
    '発明そのものの仕組み、効果、限界を調べ、改良する研究です。',
    'Research on the invention',
    'Research that studies the invention itself, how it works and where it fails, or improves it.',
  ),
  with: word(
    '発明を使う研究',
    '発明を道具として使い、別のことを調べる研究です。',
    'Research with the invention',
    'Research that uses the invention as a tool to study something else.',
  ),
}

export const act = z.enum(['make', 'use', 'import', 'have_made'])
export type Act = z.infer<typeof act>

export const actWords: Readonly<Record<Act, Word>> = {
  make: word(
    '作る',
    '発明の物を、研究に必要な量だけ作ることです。',
    'Make',
    'Make the product in the quantity the research needs.',
  ),
  use: word(
    '使う',
    '発明の物や方法を、研究のために使うことです。',
    'Use',
    'Use the product or the process for the research.',
  ),
  import: word(
    '輸入する',
    '発明の物を、研究のために輸入することです。',
    'Import',
    'Import the product for the research.',
  ),
  have_made: word(
    '作ってもらう',
    '発明の物を、自分の研究のためだけに外部の業者に作ってもらうことです。',
    'Have made',
    'Have an outside supplier make the product for one’s own research alone.',
  ),
}

/** What a tag says of one value of an axis. `ask`: the terms neither permit nor refuse; the holder decides. */
export const rule = z.enum(['allow', 'ask', 'deny'])
export type Rule = z.infer<typeof rule>

export const ruleWords: Readonly<Record<Rule, Word>> = {
  allow: word('できる', 'この条件のまま利用できます。', 'Allowed', 'These terms permit it as they stand.'),
  ask: word('相談', '権利者の個別の同意が必要です。', 'Ask', 'The holder’s separate consent is needed.'),
  deny: word('できない', 'この条件では利用できません。', 'Not allowed', 'These terms do not permit it.'),
}

export const grantNeeded = z.enum(['required', 'recommended', 'no'])
export type GrantNeeded = z.infer<typeof grantNeeded>

export const grantNeededWords: Readonly<Record<GrantNeeded, Word>> = {
  required: word(
    '許諾証が必要',
    '始める前に許諾証を受けてください。',
    'Grant required',
    'Get a grant before you start.',
  ),
  recommended: word(
    '許諾証を推奨',
    '許諾証がなくても利用できますが、記録として受けることを勧めます。',
    'Grant recommended',
    'No grant is needed to start; one is recommended as a record.',
  ),
  no: word('許諾証は不要', '許諾証の対象になりません。', 'No grant', 'There is nothing to grant.'),
}

export const legalStatus = z.enum([
  'pending',
  'granted',
  'expired',
  'lapsed',
  'refused',
  'withdrawn',
  'revoked',
  'unknown',
])
export type LegalStatus = z.infer<typeof legalStatus>

export const legalStatusWords: Readonly<Record<LegalStatus, Word>> = {
  pending: word(
    '出願中',
    '審査の途中で、権利になる可能性があります。',
    'Pending',
    'Under examination: a right may follow.',
  ),
  granted: word('登録', '特許権が存続しています。', 'Granted', 'The patent is in force.'),
  expired: word('存続期間満了', '存続期間が満了しました。', 'Expired', 'The full term has run out.'),
  lapsed: word(
    '消滅',
    '特許料の不納などで権利が消滅しました。',
    'Lapsed',
    'The right ended early, for instance for unpaid fees.',
  ),
  refused: word('拒絶', '出願が拒絶され、確定しました。', 'Refused', 'The application was finally refused.'),
  withdrawn: word('取下げ', '出願が取り下げられました。', 'Withdrawn', 'The application was withdrawn.'),
  revoked: word(
    '無効・取消し',
    '特許が無効とされ、または取り消されました。',
    'Revoked',
    'The patent was revoked or held invalid.',
  ),
  unknown: word('不明', '状態がわかりません。', 'Unknown', 'The status is not known.'),
}

export const verdict = z.enum(['allowed', 'ask', 'not_allowed', 'not_needed', 'not_enrolled', 'unrecognised'])
export type VerdictValue = z.infer<typeof verdict>

export const verdictWords: Readonly<Record<VerdictValue, Word>> = {
  allowed: word(
    '使えます',
    '権利者の宣言により、条件を守れば使えます。',
    'Allowed',
    'The holder has declared it open to this use, on conditions.',
  ),
  ask: word(
    '相談が必要',
    '使う前に、権利者への相談か、情報の追加が必要です。',
    'Ask',
    'Ask the holder, or add what is missing, before you use it.',
  ),
  not_allowed: word(
    '使えません',
    '権利者の宣言は、この利用を認めていません。',
    'Not allowed',
    'The holder’s declaration does not permit this use.',
  ),
  not_needed: word(
    '許諾は不要',
    'その国でその日に効力のある権利ではありません。',
    'Not needed',
    'This right is not in force in that country on that date.',
  ),
  not_enrolled: word('未登録', 'この特許は登録簿にありません。', 'Not enrolled', 'This patent is not in the registry.'),
  unrecognised: word(
    '番号を確認',
    '特許番号として読み取れません。',
    'Unrecognised',
    'This does not read as one patent number.',
  ),
}

export const revocationReason = z.enum([
  'breach',
  'false_statement',
  'ineligible',
  'issued_in_error',
  'superseded',
  'holder_request_allowed_by_terms',
])
export type RevocationReason = z.infer<typeof revocationReason>

export const revocationReasonWords: Readonly<Record<RevocationReason, Word>> = {
  breach: word(
    '条件違反',
    '条件に違反し、期限までに直されませんでした。',
    'Breach',
    'The terms were broken and not put right in time.',
  ),
  false_statement: word(
    '虚偽の申告',
    '許諾証が事実と異なる申告に基づいていました。',
    'False statement',
    'The grant rested on a false statement.',
  ),
  ineligible: word(
    '資格がない',
    '利用者が条件の定める資格を失いました。',
    'Ineligible',
    'The user is no longer one the terms are for.',
  ),
  issued_in_error: word(
    '誤った発行',
    '許諾証が誤って発行されました。',
    'Issued in error',
    'The grant was issued by mistake.',
  ),
  superseded: word('差替え', '新しい許諾証に置き換えられました。', 'Superseded', 'A new grant has taken its place.'),
  holder_request_allowed_by_terms: word(
    '条件の定める権利者の請求',
    '条件が定める場合に、権利者が請求しました。',
    'Holder’s request under the terms',
    'The holder asked for it in a case the terms provide for.',
  ),
}

export const reportDuty = z.enum(['none', 'on_publication', 'yearly'])
export type ReportDuty = z.infer<typeof reportDuty>

export const reportDutyWords: Readonly<Record<ReportDuty, Word>> = {
  none: word('報告なし', '成果の報告は求められません。', 'No report', 'No report of results is asked for.'),
  on_publication: word(
    '公表したときに報告',
    '成果を公表したら、その書誌情報を登録簿に知らせます。',
    'Report on publication',
    'When results are published, tell the registry where.',
  ),
  yearly: word(
    '年に一度報告',
    '年に一度、成果の概要を登録簿に知らせます。',
    'Yearly report',
    'Once a year, tell the registry the outline of the results.',
  ),
}

export const reciprocity = z.enum(['none', 'holds_declaration'])
export type Reciprocity = z.infer<typeof reciprocity>

export const reciprocityWords: Readonly<Record<Reciprocity, Word>> = {
  none: word(
    '相互性なし',
    '自分の特許を開放していなくても利用できます。',
    'None',
    'You need not have opened a patent yourself.',
  ),
  holds_declaration: word(
    '相互の開放',
    '自らも特許を開放している機関だけが利用できます。',
    'Reciprocal',
    'Only for organisations that have a declaration in force themselves.',
  ),
}

export const researchStageTest = z.enum([
  'no_sale',
  'no_third_party_consideration',
  'no_routine_production',
  'in_house_or_named_partners',
])
export type ResearchStageTest = z.infer<typeof researchStageTest>

export const researchStageTestWords: Readonly<Record<ResearchStageTest, Word>> = {
  no_sale: word(
    '販売しない',
    '特許製品や特許方法によるサービスを販売しません。',
    'No sale',
    'No patented product or service is sold.',
  ),
  no_third_party_consideration: word(
    '実施の対価を受けない',
    '特許発明を実施することの対価を第三者から受けません。',
    'No payment for performing it',
    'No consideration is taken from a third party for performing the invention.',
  ),
  no_routine_production: word(
    '日常の生産に使わない',
    '日常的な生産や業務に組み込みません。',
    'No routine production',
    'It is not built into routine production or operations.',
  ),
  in_house_or_named_partners: word(
    '自機関か記名の相手に限る',
    '自らの機関の中か、許諾証に名前のある研究相手の下でだけ実施します。',
    'In-house or named partners',
    'It is performed in-house, or by research partners named in the grant.',
  ),
}

export const encumbranceKind = z.enum(['exclusive_licence', 'option', 'pledge', 'government_rights'])
export type EncumbranceKind = z.infer<typeof encumbranceKind>

export const encumbranceKindWords: Readonly<Record<EncumbranceKind, Word>> = {
  exclusive_licence: word(
    '独占的な許諾',
    '専用実施権または独占的通常実施権が設定されています。',
    'Exclusive licence',
    'Someone holds an exclusive licence.',
  ),
  option: word(
    '優先交渉権',
    '許諾や譲渡を受けるかを選ぶ権利を持つ者がいます。',
    'Option',
    'Someone may choose to take a licence or the patent.',
  ),
  pledge: word('質権', '特許権が担保に供されています。', 'Pledge', 'The patent is security for a debt.'),
  government_rights: word(
    '国の権利',
    '国が許諾を求めることのできる権利です。',
    'Government rights',
    'A state may call for a licence.',
  ),
}

/** Tags with one possible value in the terms published so far; kept as closed vocabularies so that a new value is a visible change. */
export const fixedTagWords = {
  price: { free: word('無償', '料金はかかりません。', 'Free', 'There is no charge.') },
  territory: {
    wherever_in_force: word(
      '権利のあるすべての国',
      '対象の権利が効力をもつすべての国で利用できます。',
      'Wherever in force',
      'In every country where the listed right is in force.',
    ),
  },
  sublicensing: {
    none: word(
      '再許諾なし',
      'ほかの人に許諾を与えることはできません。',
      'No sublicence',
      'You cannot pass the permission on.',
    ),
  },
  transfer: {
    named_partners: word(
      '記名の相手だけ',
      '発明の物は、許諾証に名前のある研究相手にだけ渡せます。',
      'Named partners only',
      'Material goes only to research partners named in the grant.',
    ),
  },
  resultsOwnership: {
    user: word(
      '成果は利用者のもの',
      '研究の成果は利用者のものです。',
      'Results are yours',
      'The results belong to the user.',
    ),
  },
  grantBack: {
    none: word(
      '見返りの許諾なし',
      '成果を権利者に許諾する義務はありません。',
      'No grant-back',
      'You owe the holder no licence to your results.',
    ),
  },
  reachThrough: {
    none: word(
      '成果への権利主張なし',
      '権利者は、成果やその製品から料金や権利を求めません。',
      'No reach-through',
      'The holder claims no royalty or right in the results or what comes of them.',
    ),
  },
  publication: {
    free: word(
      '公表は自由',
      '成果は権利者の承諾なしに公表できます。',
      'Publication is free',
      'You may publish without the holder’s approval.',
    ),
  },
  withdrawalEffect: {
    existing_grants_survive: word(
      '発行済みの許諾証は残る',
      '宣言が撤回されても、発行済みの許諾証は期限まで有効です。',
      'Existing grants survive',
      'If the declaration is withdrawn, grants already issued stay valid until their own end.',
    ),
  },
  coOwners: {
    all_must_consent: word(
      '共有者全員の同意',
      '共有者全員が同意してはじめて開放されます。',
      'All co-owners consent',
      'It is open only once every co-owner has consented.',
    ),
  },
  laterOwners: {
    bound: word(
      '譲受人も拘束',
      '特許が譲渡されても、許諾は続きます。',
      'Later owners are bound',
      'The permission goes on if the patent changes hands.',
    ),
  },
  whileHolderSuspended: {
    no_new_use: word(
      '権利者の停止中は新たに始めない',
      '権利者の参加が停止されている間は、新しい利用を始められません。発行済みの許諾証は有効です。',
      'No new use while the holder is suspended',
      'While the holder is suspended no new use may begin; grants already issued stay valid.',
    ),
  },
  inventorMoves: {
    grant_follows_inventor: word(
      '許諾は発明者に従う',
      '発明者が営利でない別の機関に移ると、許諾証もついていきます。',
      'The grant follows the inventor',
      'When the inventor moves to another not-for-profit institution, the grant goes along.',
    ),
    inventor_terms_also_apply: word(
      '発明者は発明者利用条件も使える',
      '権利者の機関を離れた発明者は、RPC-INVENTOR によっても研究を続けられます。',
      'Inventors may also rely on the inventor terms',
      'An inventor who has left the holder may also continue under RPC-INVENTOR.',
    ),
  },
  warranty: {
    right_to_open_only: word(
      '開放する権限だけを保証',
      '権利者が保証するのは、開放する権限があることだけです。',
      'Right to open only',
      'The holder warrants only the right to open the patent.',
    ),
  },
  liability: {
    excluded: word(
      '責任なし',
      '権利者は、利用から生じた損害に責任を負いません。',
      'No liability',
      'The holder is not liable for loss from the use.',
    ),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Word>>>>

function word(jaLabel: string, jaSentence: string, enLabel: string, enSentence: string): Word {
  return { label: { ja: jaLabel, en: enLabel }, sentence: { ja: jaSentence, en: enSentence } }
}
