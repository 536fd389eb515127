import type { Language } from '../http/language.ts'

/** A page of plain text: sections of paragraphs and lists. */
export type Text = {
  title: string
  lead: string
  sections: readonly {
    heading: string
    paragraphs: readonly string[]
    items?: readonly string[]
    links?: readonly { path: string; label: string }[]
  }[]
}

export const aboutText: Readonly<Record<Language, Text>> = {
  ja: {
    title: '入会について',
    lead: '入会（いりあい）は、村人が山林を共に使ったしきたりです。この登録簿は、研究のために特許を共に使う場です。',
    sections: [
      {
        heading: '何ができますか',
        paragraphs: [],
        items: [
          '特許番号をどの書き方で貼り付けても、研究に使えるかどうかが、理由と条文、出典、日付とともにわかります。',
          '多くの権利者の、多くの特許について、一通の署名付き許諾証を受け取れます。',
          '機関を移った発明者は、自分の発明の基礎研究を続けられます。許諾証が人に付いていきます。',
          '大学と企業は、書き出した一覧をそのまま読み込んで特許を登録し、研究に限った無償の利用条件で開放できます。',
          '技術分野ごとの特許マップで、誰が何を持ち、どれが、どの条件で開かれているかを見られます。',
        ],
        links: [
          { path: '/check', label: '照会する' },
          { path: '/map', label: '特許マップを見る' },
          { path: '/terms/choose', label: '利用条件を選ぶ' },
          { path: '/join', label: '機関として参加する' },
        ],
      },
      {
        heading: '約束していること',
        paragraphs: [],
        items: [
          'わからないことを「使える」と答えません。',
          '答えには、根拠になった条文、出典、その出典を見た日が付きます。',
          '公開したものは、わたしたちを信じない人でも検査できます。記録は書き換えられず、許諾証は登録簿に尋ねずに検証できます。',
          '開放は権利者の選択です。すべてを開く義務はなく、重要な特許は外しておけます。',
          '宣言を撤回しても、発行済みの許諾証は終わりの日まで有効です。',
        ],
        links: [
          { path: '/log', label: '公開記録' },
          { path: '/verify', label: '許諾証を検証する' },
          { path: '/terms', label: '利用条件' },
        ],
      },
      {
        heading: '約束していないこと',
        paragraphs: [
          'ここでの答えは、権利者の宣言と記録された事実に基づくもので、法的助言ではありません。開放されるのは登録された特許だけで、同じ製品や方法にほかの権利が及ぶことがあります。権利者が約束するのは、開放する権限があることだけです。',
          '技術分野は WIPO の技術コンコーダンス（35分野、2019年7月版）によります。それより新しい分類（H10、G06V、G16Y、B64U、A44D）は、この登録簿が当てています。',
        ],
      },
      {
        heading: 'ほかのシステムから使う',
        paragraphs: ['登録なしで使える API、変更の通知、全件の写し、OAI-PMH があります。'],
        links: [
          { path: '/docs', label: 'API の説明' },
          { path: '/log', label: '公開記録の検査のしかた' },
        ],
      },
    ],
  },
  en: {
    title: 'About Iriai',
    lead: 'Iriai (入会) is the old right of Japanese villagers to use a common. This registry is a common of patents, for research.',
    sections: [
      {
        heading: 'What you can do here',
        paragraphs: [],
        items: [
          'Paste patent numbers in any spelling and learn whether research may use them, with the reason, the clause, the source and the date.',
          'Receive one signed grant over many patents of many holders.',
          'Go on with basic research on your own invention when you move to another institution: the grant follows the person.',
          'As a university or company, load the list that you can export already and open patents under free, research-only terms.',
          'See on patent maps, field by field, who holds what, what is open, and on which terms.',
        ],
        links: [
          { path: '/check', label: 'Check patents' },
          { path: '/map', label: 'See the maps' },
          { path: '/terms/choose', label: 'Choose terms' },
          { path: '/join', label: 'Join as an organisation' },
        ],
      },
      {
        heading: 'What is promised',
        paragraphs: [],
        items: [
          'What is not known is never answered with a yes.',
          'Every answer names the clause, the source, and the day on which the source was seen.',
          'Whatever is public can be checked by someone who does not trust us: the log cannot be rewritten unnoticed, and grants verify without asking the registry.',
          'To open a patent is the holder’s choice. Nobody must open everything, and strategic patents can be kept out.',
          'A grant stays valid until its own end, even when the declaration is withdrawn.',
        ],
        links: [
          { path: '/log', label: 'Public log' },
          { path: '/verify', label: 'Verify a grant' },
          { path: '/terms', label: 'Terms' },
        ],
      },
      {
        heading: 'What is not promised',
        paragraphs: [
          'The answers rest on the holders’ declarations and on recorded facts; they are not legal advice. Only enrolled patents are open: other rights may cover the same product or method. What a holder warrants is its right to open, and nothing else.',
          'Technology fields follow the WIPO technology concordance (35 fields, July 2019). Classes younger than it (H10, G06V, G16Y, B64U, A44D) are assigned by this registry.',
        ],
      },
      {
        heading: 'For other systems',
        paragraphs: ['There is an open API, a change feed, a whole dump and OAI-PMH, all without registration.'],
        links: [
          { path: '/docs', label: 'API documentation' },
          { path: '/log', label: 'How to audit the log' },
        ],
      },
    ],
  },
}

export const privacyText: Readonly<Record<Language, Text>> = {
  ja: {
    title: '個人情報',
    lead: '読むことと照会に登録は要りません。誰が何を尋ねたかは、残しません。',
    sections: [
      {
        heading: '閲覧と照会',
        paragraphs: [
          'このソフトウェアは、照会した番号と、照会した人を結び付けて残しません。解析の仕組みも、他社に送る部品もありません。権利者に示すのは、人が特定されない件数だけです。',
          '許諾証の検証は、お使いのブラウザーの中で行われます。どの許諾証を確かめたかは送られません。',
        ],
      },
      {
        heading: 'サインインした人について持つもの',
        paragraphs: [],
        items: [
          '表示名と言語、サインインに使った発行者での番号、ORCID でサインインしたときは ORCID iD。',
          '所属とその日付、誰がそう述べたか。',
          '発明者としての申告と、それへの答え。',
          '受け取った許諾証。氏名は、ご本人、所属機関、許諾証を持つ人だけに示します。',
          '保存した照会（本人だけが見られます）と、開いているセッション。',
          '権利者への問い合わせ（ご本人と、宛先の機関の担当者だけが見られます）、成果の報告。',
          '参加や同意に署名した人の氏名、役職、連絡先。公開しません。',
        ],
        links: [{ path: '/me/data', label: '自分のデータの書き出しと消去' }],
      },
      {
        heading: '特許に載っている発明者',
        paragraphs: [
          '公報に印刷された発明者の氏名を、公報のとおりに示します。ORCID iD は、確認された場合だけ示します。',
        ],
      },
      {
        heading: '消去と公開記録',
        paragraphs: [
          '公開記録の葉は番号と、塩を加えた指紋だけを持ち、名前を持ちません。消去を求めると、氏名などの情報と塩を消します。記録の足し算は合ったままで、消えた内容は誰にも復元できません。',
        ],
      },
      {
        heading: 'クッキー',
        paragraphs: ['サインインしている間のセッションと、その手続きのためだけに使います。'],
      },
    ],
  },
  en: {
    title: 'Privacy',
    lead: 'Reading and checking need no account. Who asked what is not kept.',
    sections: [
      {
        heading: 'Reading and checking',
        paragraphs: [
          'The software keeps no link between a number that was checked and who checked it. There are no analytics and no parts from other hosts. Holders see counts from which nobody can be told.',
          'Grants are verified in your own browser: which one you looked at is not sent.',
        ],
      },
      {
        heading: 'What is kept of people who sign in',
        paragraphs: [],
        items: [
          'The name and language that you give, your identifier at the provider you sign in with, and your ORCID iD if that is ORCID.',
          'Affiliations with their dates, and who stated them.',
          'Claims to inventorship and the answers to them.',
          'Grants. Your name on one is shown to you, to your institution and to whoever holds the grant.',
          'Checks that you saved (for you alone), and open sessions.',
          'Enquiries to holders (for you and the officers of the holder asked alone), and reports of results.',
          'Name, post and address of who signed an application or a consent. They are not published.',
        ],
        links: [{ path: '/me/data', label: 'Export or erase your data' }],
      },
      {
        heading: 'Inventors named on patents',
        paragraphs: [
          'Names are shown as the official gazettes print them. An ORCID iD is shown only where it is confirmed.',
        ],
      },
      {
        heading: 'Erasure and the public log',
        paragraphs: [
          'A leaf of the log holds ids and a salted digest, no names. On erasure, names and the salt are deleted: the log still adds up, and nobody can restore what was erased.',
        ],
      },
      {
        heading: 'Cookies',
        paragraphs: ['Only for the session while you are signed in, and for signing in.'],
      },
    ],
  },
}

export const accessibilityText: Readonly<Record<Language, Text>> = {
  ja: {
    title: 'アクセシビリティ',
    lead: '誰もが、どの機器でも使えることを目指しています。',
    sections: [
      {
        heading: '目標',
        paragraphs: ['WCAG 2.2 のレベル AA（JIS X 8341-3:2016 の AA に相当）を目標にしています。'],
        items: [
          'すべての操作は、キーボードだけでできます。',
          'スクリプトを切っても使えます。例外は、入力中の候補と、ブラウザーの中での検証です。検証は、サーバーでもできます。',
          '図には、同じ数の表が付いています。色だけで区別するものはありません。',
          '文字を200％に拡大しても、幅360ピクセルの画面でも読めます。明るい表示と暗い表示があり、印刷もできます。',
          'ほかの言語の部分には、その言語を示しています。',
        ],
      },
      {
        heading: '確かめ方',
        paragraphs: [
          '主なページを、変更のたびに axe-core で、日本語と英語、机上と携帯の幅、明暗の表示で検査しています。支援技術の利用者による試験は、まだ行っていません。',
        ],
      },
      {
        heading: '知らせる',
        paragraphs: ['使いにくいところがあれば、運営者に知らせてください。'],
      },
    ],
  },
  en: {
    title: 'Accessibility',
    lead: 'The site is meant to be usable by everyone, on any device.',
    sections: [
      {
        heading: 'What we aim at',
        paragraphs: ['WCAG 2.2, level AA (JIS X 8341-3:2016 AA in Japan).'],
        items: [
          'Everything can be done with the keyboard alone.',
          'Everything works without scripts, but for suggestions while typing and for verification in the browser; the server verifies, too.',
          'Each picture has a table of the same numbers. Nothing is told by colour alone.',
          'Text can be enlarged to 200 %, and a screen of 360 pixels suffices. There are light, dark and print styles.',
          'Passages in the other language are marked as such.',
        ],
      },
      {
        heading: 'How it is checked',
        paragraphs: [
          'The main pages are tested with axe-core at every change, in Japanese and English, at desktop and phone width, light and dark. There has been no test with users of assistive technology yet.',
        ],
      },
      {
        heading: 'Tell us',
        paragraphs: ['If something is hard to use, tell the operator of this registry.'],
      },
    ],
  },
}
