/**
 * Short labels of sections, classes and subclasses, in our own words: symbol, Japanese, English. The symbols are those of the
 * CPC scheme 2025.05 and two that the IPC closed (C12S, F24J); the official titles are longer and say more.
 */
export const titlesOfAToC = `
A|生活必需品|Human necessities
A01|農業・林業・畜産・漁業|Agriculture, forestry, animal husbandry, fishing
A01B|農作業の土づくりと耕うん機|Soil working and tillage machines
A01C|植付け・種まき・施肥|Planting, sowing and fertilising
A01D|収穫・草刈り|Harvesting and mowing
A01F|収穫物の脱穀・調製・貯蔵|Threshing, baling and storing of crops
A01G|園芸・栽培・林業・かん水|Horticulture, cultivation, forestry, watering
A01H|新しい植物と育種|New plants and plant breeding
A01J|酪農・搾乳の器具|Milking and dairy equipment
A01K|畜産・養殖・釣り|Animal husbandry, aquaculture and fishing
A01L|蹄鉄|Shoeing of animals
A01M|動物の捕獲・防除|Catching and scaring of animals; pest control devices
A01N|生体の保存・農薬|Preservation of bodies; pesticides and herbicides
A01P|農薬としての活性|Biocidal and plant-growth activity
A21|製パン・生地|Baking and doughs
A21B|パン焼き窯・製パン機械|Bakers’ ovens and baking machines
A21C|生地の加工機械|Dough-processing machines
A21D|小麦粉・生地の処理とパン|Treatment of flour and dough; bakery products
A22|と畜・食肉処理|Butchering and meat treatment
A22B|と畜|Slaughtering
A22C|肉・魚の加工|Processing of meat, poultry and fish
A23|食品|Foods
A23B|食品の保存|Preservation of foods
A23C|乳製品|Dairy products
A23D|食用油脂|Edible oils and fats
A23F|コーヒー・茶|Coffee and tea
A23G|ココア・菓子・アイスクリーム|Cocoa, confectionery and ice cream
A23J|食品用たんぱく質|Proteins for foodstuffs
A23K|飼料|Animal feed
A23L|その他の食品・飲料|Other foods and non-alcoholic drinks
A23N|果実・野菜・飼料の処理機械|Machines for fruit, vegetables and fodder
A23P|食品の成形・加工|Shaping and working of foodstuffs
A23V|食品と乳酸菌の索引|Index: foods and lactic bacteria
A24|たばこ|Tobacco
A24B|喫煙用・かみたばこの製造|Preparation of tobacco
A24C|葉巻・紙巻たばこの製造機械|Cigar and cigarette machines
A24D|たばこ製品・フィルター|Cigars, cigarettes and filters
A24F|喫煙具・電子たばこ|Smokers’ requisites; electronic cigarettes
A41|衣類|Clothing
A41B|シャツ・下着|Shirts and underwear
A41C|ブラジャー・コルセット|Brassieres and corsets
A41D|外衣・保護衣・マスク|Outerwear, protective garments and masks
A41F|衣服の留め具|Garment fastenings
A41G|造花・かつら・羽毛|Artificial flowers, wigs and feathers
A41H|衣服の仕立て用具|Tools for dressmaking
A42|かぶりもの|Headwear
A42B|帽子・ヘルメット|Hats and helmets
A42C|帽子の製造|Making of hats
A43|履物|Footwear
A43B|履物の構造|Features and parts of footwear
A43C|靴ひも・留め具|Fastenings and laces of footwear
A43D|履物の製造・修理|Making and repair of footwear
A44|小間物・装身具|Haberdashery and jewellery
A44B|ボタン・バックル・ファスナー|Buttons, buckles and zip fasteners
A44C|装身具・硬貨|Jewellery and coins
A44D|ボタンと装身具の索引|Index: buttons and jewellery
A45|手回り品・旅行用品|Hand and travelling articles
A45B|つえ・傘|Walking sticks and umbrellas
A45C|財布・かばん・スーツケース|Purses, bags and luggage
A45D|理美容・化粧用具|Hairdressing, shaving and cosmetic equipment
A45F|携帯・キャンプ用品|Things carried on the body; camping gear
A46|ブラシ|Brushware
A46B|ブラシ・ほうき|Brushes and brooms
A46D|ブラシの製造|Making of brushes
A47|家具・家庭用品|Furniture and household articles
A47B|机・棚・収納家具|Tables, desks, shelves and cabinets
A47C|いす・ソファ・ベッド|Chairs, sofas and beds
A47D|子供用家具|Children’s furniture
A47F|店舗用の家具・陳列|Shop and restaurant fittings
A47G|食器・家庭用品|Tableware and household equipment
A47H|カーテン・窓や戸の調度|Curtains and fittings for windows and doors
A47J|台所用品・調理器具|Kitchen equipment and cooking utensils
A47K|浴室・便所の設備|Bathroom and toilet equipment
A47L|家庭の洗浄・掃除機|Domestic cleaning and vacuum cleaners
A61|医学・獣医学・衛生|Medical and veterinary science, hygiene
A61B|診断・手術・個人識別|Diagnosis, surgery and identification of persons
A61C|歯科|Dentistry
A61D|獣医用器具|Veterinary instruments
A61F|人工臓器・ステント・包帯|Prostheses, stents and bandages
A61G|患者の搬送・介護の設備|Transport and accommodation of patients
A61H|理学療法・マッサージ|Physical therapy and massage
A61J|医薬の容器・調剤|Medicine containers and dispensing
A61K|医薬・歯科・化粧用の製剤|Medicines, dental preparations and cosmetics
A61L|滅菌・消臭・生体材料|Sterilising, deodorising and biomaterials
A61M|体内への注入・カテーテル|Infusion, inhalation and catheters
A61N|電気・磁気・放射線による治療|Electro-, magneto- and radiotherapy
A61P|化合物・医薬の治療活性|Therapeutic activity of compounds
A61Q|化粧品の用途|Uses of cosmetics
A62|救命・消防|Life-saving and fire-fighting
A62B|救命の器具・呼吸具|Life-saving and breathing apparatus
A62C|消火|Fire-fighting
A62D|化学的な消火・防護・無害化|Chemical fire-extinguishing and protection
A63|スポーツ・娯楽|Sports, games and amusements
A63B|体操・球技・トレーニングの用具|Training, gymnastics and ball-game equipment
A63C|スケート・スキー・競技場|Skates, skis and playing courts
A63D|ボウリング・ビリヤード|Bowling and billiards
A63F|カード・盤上遊戯・ビデオゲーム|Card and board games; video games
A63G|回転木馬・ぶらんこ|Merry-go-rounds and swings
A63H|玩具|Toys
A63J|舞台・奇術の装置|Theatre and conjuring devices
A63K|競走・乗馬競技|Racing and riding sports
A99|Aのその他|Not otherwise provided for in section A
A99Z|Aのその他|Not otherwise provided for in section A
B|処理操作・運輸|Performing operations and transporting
B01|物理的・化学的な方法と装置一般|Physical and chemical processes in general
B01B|沸騰|Boiling
B01D|分離|Separation
B01F|混合・溶解・乳化|Mixing, dissolving and emulsifying
B01J|化学反応・触媒・コロイド|Chemical reactors, catalysis and colloids
B01L|実験室用の器具|Laboratory apparatus
B02|破砕・粉砕・製粉|Crushing, pulverising and milling
B02B|製粉の準備・精米|Preparing grain for milling
B02C|破砕・粉砕一般|Crushing and pulverising in general
B03|液体・磁気・静電による固体の分離|Separation of solids by liquids, magnets or charge
B03B|湿式・風力テーブルによる選別|Wet and table separation of solids
B03C|磁気・静電分離|Magnetic and electrostatic separation
B03D|浮遊選別・沈降|Flotation and differential sedimentation
B04|遠心装置|Centrifugal apparatus
B04B|遠心分離機|Centrifuges
B04C|サイクロン|Cyclones
B05|噴霧・塗布|Spraying and coating
B05B|噴霧・ノズル|Spraying apparatus and nozzles
B05C|塗布装置|Coating apparatus
B05D|塗布方法|Coating processes
B06|機械振動の発生・伝達|Mechanical vibrations
B06B|機械振動・超音波の発生|Generating mechanical and ultrasonic vibrations
B07|固体の選別|Separating and sorting of solids
B07B|ふるい分け・風力選別|Sieving, screening and air separation
B07C|郵便物・物品の仕分け|Sorting of post and articles
B08|清掃|Cleaning
B08B|清掃一般・汚れの防止|Cleaning in general; prevention of fouling
B09|固体廃棄物・汚染土壌|Solid waste and contaminated soil
B09B|固体廃棄物の処理|Disposal of solid waste
B09C|汚染土壌の再生|Reclamation of contaminated soil
B21|金属の塑性加工|Metal-working without removing material
B21B|金属の圧延|Rolling of metal
B21C|引抜き・押出し・管や線の製造|Drawing, extruding; wire, rods and tubes
B21D|板金・管の曲げ・打抜き|Sheet-metal working: bending and punching
B21F|線材の加工|Working of wire
B21G|針・くぎの製造|Making of needles, pins and nails
B21H|転造|Making objects by rolling
B21J|鍛造・リベット|Forging and riveting
B21K|鍛造品・プレス品|Forged and pressed products
B21L|鎖の製造|Making of chains
B22|鋳造・粉末冶金|Casting and powder metallurgy
B22C|鋳型|Foundry moulding
B22D|金属の鋳造|Casting of metals
B22F|金属粉末の加工・積層造形|Metallic powder and its additive manufacture
B23|工作機械・金属加工|Machine tools and metal-working
B23B|旋削・中ぐり・穴あけ|Turning, boring and drilling
B23C|フライス削り|Milling
B23D|平削り・切断・のこ|Planing, shearing and sawing
B23F|歯車の製造|Making of gears
B23G|ねじ切り|Thread cutting
B23H|放電・電解加工|Electrical discharge and electrochemical machining
B23K|溶接・はんだ・レーザー加工|Welding, soldering and laser working
B23P|複合加工・組立て|Combined metal-working and assembly
B23Q|工作機械の細部・制御|Details and control of machine tools
B24|研削・研磨|Grinding and polishing
B24B|研削・研磨の機械と方法|Grinding and polishing machines
B24C|ブラスト加工|Abrasive blasting
B24D|砥石・研磨具|Grinding and polishing tools
B25|手工具・マニプレーター|Hand tools and manipulators
B25B|締付け・保持の工具|Fastening and holding tools
B25C|くぎ打ち・ステープル工具|Nailing and stapling tools
B25D|打撃工具|Percussive tools
B25F|組合せ・動力手工具|Combination and power hand tools
B25G|工具の柄|Handles of hand tools
B25H|作業台・工具箱|Workshop equipment
B25J|ロボット・マニプレーター|Robots and manipulators
B26|切断|Cutting
B26B|手で持つ刃物・ひげそり|Hand-held cutters and razors
B26D|切断の装置と方法|Cutting machines and methods
B26F|穴あけ・打抜き・レーザー以外の切断|Perforating, punching and severing
B27|木材の加工・保存|Working and preserving of wood
B27B|木材用のこ|Saws for wood
B27C|木材の平削り・フライス|Planing and milling of wood
B27D|単板・合板|Veneer and plywood
B27F|ほぞ・木材の接合|Joints of wood; nailing machines
B27G|木工の付属装置|Accessories for wood-working
B27H|木材の曲げ・たる|Bending of wood; cooperage
B27J|竹・籐・コルクの加工|Working of cane and cork
B27K|木材の含浸・染色・漂白|Impregnating, staining and bleaching of wood
B27L|皮むき・割り|Debarking and splitting of wood
B27M|その他の木材加工|Other working of wood
B27N|木質ボード|Boards of wood particles and fibres
B28|セメント・粘土・石材の加工|Working of cement, clay and stone
B28B|粘土・セメントの成形|Shaping of clay and cement
B28C|コンクリート・粘土の混合|Preparing and mixing of clay and concrete
B28D|石材・脆性材料の加工|Working of stone and brittle materials
B29|プラスチックの加工|Working of plastics
B29B|プラスチックの前処理・再生|Preparation and recovery of plastics
B29C|プラスチックの成形・接合|Shaping and joining of plastics
B29D|プラスチック製品の製造|Making of articles of plastics
B29K|成形材料の索引|Index: moulding materials
B29L|成形品の索引|Index: moulded articles
B30|プレス|Presses
B30B|プレス一般|Presses in general
B31|紙製品の製造|Making of paper articles
B31B|紙の容器・袋の製造|Making of paper containers
B31C|紙の巻いた製品|Wound articles of paper
B31D|その他の紙製品|Other articles of paper
B31F|紙の機械加工|Mechanical working of paper
B32|積層体|Layered products
B32B|積層体|Layered products
B33|積層造形|Additive manufacturing
B33Y|積層造形（3Dプリント）|Additive manufacturing (3-D printing)
B41|印刷|Printing
B41B|活字・植字|Type and typesetting
B41C|印刷版の製造|Making of printing surfaces
B41D|ステロ版|Stereotype printing surfaces
B41F|印刷機|Printing machines
B41G|金付け・罫引き|Bronze and line printing
B41J|プリンター・インクジェット|Printers and ink jets
B41K|スタンプ|Stamps
B41L|事務用の複写・印刷|Office duplicating
B41M|印刷・複写の方法と媒体|Printing and copying processes and media
B41N|印刷版・ローラー|Printing plates and rollers
B41P|印刷の索引|Index: printing
B42|製本・帳簿・綴じ具|Bookbinding and filing
B42B|紙の永久綴じ|Permanent binding of sheets
B42C|製本|Bookbinding
B42D|本・証券・偽造防止の印刷物|Books; secured and identity documents
B42F|ファイル・バインダー|Files and binders
B42P|製本の索引|Index: books and filing
B43|筆記具・製図具|Writing and drawing implements
B43K|筆記具|Pens and pencils
B43L|製図板・消し具|Articles for writing and drawing upon
B43M|事務用品|Office accessories
B44|装飾技術|Decorative arts
B44B|彫刻・刻印の機械|Machines for artistic work
B44C|装飾の方法・転写・モザイク|Decorative effects, transfers and mosaics
B44D|絵画・塗装具|Painting and drawing
B44F|特別な意匠・絵|Special designs and pictures
B60|車両一般|Vehicles in general
B60B|車輪|Wheels
B60C|タイヤ|Tyres
B60D|車両の連結|Vehicle couplings
B60F|水陸・軌陸両用車|Amphibious and road-rail vehicles
B60G|懸架装置|Vehicle suspension
B60H|車両の空調|Heating and cooling of vehicles
B60J|窓・ドア・幌|Windows, doors and roofs of vehicles
B60K|駆動装置の配置・計器|Drives and instruments of vehicles
B60L|電気自動車の推進・充電|Propulsion and charging of electric vehicles
B60M|電気車両への給電線|Supply lines for electric vehicles
B60N|座席・車室内|Vehicle seats and passenger comfort
B60P|荷物の運搬車|Load-carrying vehicles
B60Q|車両の灯火・警報|Lighting and signalling of vehicles
B60R|車体の付属品・安全装置|Vehicle fittings and safety devices
B60S|車両の整備・洗浄|Servicing and cleaning of vehicles
B60T|ブレーキ制御|Brake control
B60V|エアクッション車|Air-cushion vehicles
B60W|車両の統合制御・運転支援|Joint control of vehicles; driver assistance
B60Y|車両技術の索引|Index: vehicle technology
B61|鉄道|Railways
B61B|鉄道の方式・索道|Railway systems and cableways
B61C|機関車・動力車|Locomotives
B61D|鉄道車両の車体|Rail-vehicle bodies
B61F|台車・懸架|Rail-vehicle suspension
B61G|連結器|Rail couplings
B61H|鉄道車両のブレーキ|Rail-vehicle brakes
B61J|入換え・転車|Shunting
B61K|鉄道の補助設備|Auxiliary railway equipment
B61L|鉄道の信号・運行管理|Railway signalling and traffic control
B62|無軌道車両|Land vehicles other than on rails
B62B|手押し車・ベビーカー|Hand carts and pushchairs
B62C|動物が引く車|Animal-drawn vehicles
B62D|自動車の車体・操舵|Motor vehicles: bodies and steering
B62H|二輪車のスタンド・盗難防止|Cycle stands and locks
B62J|二輪車のサドル・付属品|Cycle saddles and accessories
B62K|二輪車・フレーム|Cycles and frames
B62L|二輪車のブレーキ|Cycle brakes
B62M|二輪車の駆動・変速|Cycle propulsion and gears
B63|船舶|Ships
B63B|船体・係留|Hulls, mooring and equipment
B63C|進水・潜水・救命|Launching, diving and life-saving in water
B63G|艦艇の装備・潜水艦|Naval vessels and submarines
B63H|推進・操舵|Marine propulsion and steering
B63J|船内の補助設備|Ships’ auxiliaries
B64|航空・宇宙|Aircraft, aviation and cosmonautics
B64B|気球・飛行船|Lighter-than-air aircraft
B64C|飛行機・ヘリコプター|Aeroplanes and helicopters
B64D|航空機の装備・動力装置|Aircraft equipment and power plants
B64F|航空機の地上設備・製造・検査|Ground installations; making and testing of aircraft
B64G|宇宙機|Spacecraft
B64U|無人航空機（ドローン）|Unmanned aircraft (drones)
B65|運搬・包装・貯蔵|Conveying, packing and storing
B65B|包装の機械と方法|Packaging machines and methods
B65C|ラベル貼り|Labelling
B65D|容器・包装|Containers and packages
B65F|ごみの収集|Refuse collection
B65G|コンベヤー・倉庫・物流|Conveyors, warehouses and logistics
B65H|紙・帯・糸の取扱い|Handling of sheets, webs and threads
B66|巻上げ・昇降|Hoisting and lifting
B66B|エレベーター・エスカレーター|Lifts and escalators
B66C|クレーン|Cranes
B66D|ウインチ|Winches
B66F|ジャッキ・フォークリフト|Jacks and fork-lift trucks
B67|びんの開閉・液体の分配|Bottles and dispensing of liquids
B67B|びんの栓付け・開栓|Closing and opening of bottles
B67C|びん詰め・充填|Filling and emptying of bottles
B67D|液体の分配・給油|Dispensing of liquids and fuel
B68|馬具・椅子張り|Saddlery and upholstery
B68B|馬具|Harness
B68C|くら・あぶみ|Saddles and stirrups
B68F|革や帆布の製品|Articles of leather and canvas
B68G|椅子張り・クッション|Upholstery
B81|マイクロ構造技術|Microstructural technology
B81B|マイクロ構造装置（MEMS）|Microstructural devices (MEMS)
B81C|マイクロ構造の製造|Making of microstructural devices
B82|ナノ技術|Nanotechnology
B82B|原子・分子操作によるナノ構造|Nanostructures made atom by atom
B82Y|ナノ構造の用途|Uses of nanostructures
B99|Bのその他|Not otherwise provided for in section B
B99Z|Bのその他|Not otherwise provided for in section B
C|化学・冶金|Chemistry and metallurgy
C01|無機化学|Inorganic chemistry
C01B|非金属元素とその化合物|Non-metallic elements and their compounds
C01C|アンモニア・シアン|Ammonia and cyanogen
C01D|アルカリ金属の化合物|Compounds of alkali metals
C01F|アルカリ土類・アルミニウム・希土類の化合物|Compounds of alkaline earths, aluminium, rare earths
C01G|その他の金属の化合物|Compounds of other metals
C01P|無機固体の構造と物性の索引|Index: structure of inorganic solids
C02|水・廃水・汚泥の処理|Treatment of water, waste water and sludge
C02F|水・廃水・汚泥の処理|Treatment of water, waste water and sludge
C03|ガラス・鉱物繊維|Glass and mineral wool
C03B|ガラスの製造・成形|Making and shaping of glass
C03C|ガラスの組成・表面処理|Glass compositions and surface treatment
C04|セメント・セラミックス|Cements and ceramics
C04B|セメント・コンクリート・セラミックス|Cements, concrete and ceramics
C05|肥料|Fertilisers
C05B|りん酸肥料|Phosphatic fertilisers
C05C|窒素肥料|Nitrogenous fertilisers
C05D|その他の無機肥料|Other inorganic fertilisers
C05F|有機肥料・堆肥|Organic fertilisers and compost
C05G|配合肥料|Fertiliser mixtures
C06|火薬・マッチ|Explosives and matches
C06B|火薬・爆薬|Explosives
C06C|起爆装置・導火線|Detonators and fuses
C06D|発煙・ガス発生|Smoke and gas generation
C06F|マッチ|Matches
C07|有機化学|Organic chemistry
C07B|有機化学の一般的方法|General methods of organic chemistry
C07C|鎖式・炭素環式化合物|Acyclic and carbocyclic compounds
C07D|複素環式化合物|Heterocyclic compounds
C07F|有機金属などの化合物|Organometallic and related compounds
C07G|構造不明の化合物|Compounds of unknown constitution
C07H|糖類・核酸|Sugars, nucleosides and nucleic acids
C07J|ステロイド|Steroids
C07K|ペプチド・抗体|Peptides and antibodies
C08|高分子化合物|Organic macromolecular compounds
C08B|多糖類|Polysaccharides
C08C|ゴムの処理|Treatment of rubber
C08F|付加重合体|Addition polymers
C08G|縮合などによる重合体|Condensation and other polymers
C08H|天然高分子の誘導体|Derivatives of natural polymers
C08J|高分子の加工・後処理|Working-up and after-treatment of polymers
C08K|高分子の配合剤|Additives for polymers
C08L|高分子の組成物|Polymer compositions
C09|染料・塗料・接着剤|Dyes, paints and adhesives
C09B|有機染料|Organic dyes
C09C|無機顔料の処理|Treatment of inorganic pigments
C09D|塗料・インク|Coatings, paints and inks
C09F|天然樹脂|Natural resins
C09G|研磨剤・つや出し|Polishing compositions
C09H|にかわ・ゼラチン|Glue and gelatine
C09J|接着剤|Adhesives
C09K|その他の用途の材料（蛍光体・液晶など）|Miscellaneous materials: phosphors, liquid crystals
C10|石油・ガス・コークス・潤滑剤|Petroleum, gas, coke and lubricants
C10B|炭素質の乾留・コークス|Coking and pyrolysis
C10C|ピッチ・アスファルト・タール|Pitch, asphalt and tar
C10F|泥炭|Peat
C10G|石油の精製・分解|Refining and cracking of oils
C10H|アセチレン|Acetylene
C10J|合成ガス・ガス化|Gasification and synthesis gas
C10K|可燃ガスの精製|Purifying of combustible gases
C10L|燃料・天然ガス|Fuels and natural gas
C10M|潤滑剤|Lubricants
C10N|潤滑剤の索引|Index: lubricants
C11|油脂・洗剤|Fats, oils and detergents
C11B|油脂の製造・香料|Production of fats and oils; perfumes
C11C|脂肪酸・ろうそく|Fatty acids and candles
C11D|洗剤|Detergents
C12|生化学・酒類・微生物・遺伝子工学|Biochemistry, microbiology, genetic engineering
C12C|ビール|Beer
C12F|発酵副産物の回収|By-products of fermentation
C12G|ワイン・その他の酒類|Wine and other alcoholic drinks
C12H|酒類の殺菌・熟成|Treatment and ageing of alcoholic drinks
C12J|酢|Vinegar
C12L|酒造の道具|Cellar tools
C12M|微生物・酵素の装置|Apparatus for microbiology and enzymes
C12N|微生物・酵素・遺伝子工学|Microorganisms, enzymes, genetic engineering
C12P|発酵・酵素による合成|Fermentation and enzymatic synthesis
C12Q|酵素・核酸・微生物による測定|Measuring with enzymes, nucleic acids, microbes
C12R|微生物の索引|Index: microorganisms
C12S|酵素・微生物による処理（旧分類）|Treatment with enzymes (former class)
C12Y|酵素の索引|Index: enzymes
C13|糖|Sugar
C13B|しょ糖の製造|Production of sucrose
C13K|糖類の製造|Production of other saccharides
C14|皮革|Skins and leather
C14B|皮革の機械加工|Mechanical working of leather
C14C|皮革の化学処理・なめし|Tanning and chemical treatment of leather
C21|鉄冶金|Metallurgy of iron
C21B|鉄の製造|Making of iron
C21C|製鋼|Steel-making
C21D|鉄の熱処理|Heat treatment of iron and steel
C22|非鉄冶金・合金|Metallurgy and alloys
C22B|金属の製錬|Production and refining of metals
C22C|合金|Alloys
C22F|非鉄金属の熱処理|Heat treatment of non-ferrous metals
C23|金属の被覆・防食|Coating of metals and corrosion protection
C23C|成膜・蒸着・金属の表面処理|Film deposition and surface treatment
C23D|ほうろう|Enamelling of metals
C23F|エッチング・防食|Etching and corrosion inhibition
C23G|金属の洗浄・脱脂|Cleaning and degreasing of metals
C25|電気分解・電気泳動|Electrolysis and electrophoresis
C25B|電解による化合物の製造・水電解|Electrolytic production of compounds and hydrogen
C25C|電解による金属の製造|Electrolytic production of metals
C25D|めっき・陽極酸化|Electroplating and anodising
C25F|電解による除去・研磨|Electrolytic removal and polishing
C30|結晶成長|Crystal growth
C30B|単結晶の成長|Single-crystal growth
C40|コンビナトリアル技術|Combinatorial technology
C40B|コンビナトリアル化学|Combinatorial chemistry and libraries
C99|Cのその他|Not otherwise provided for in section C
C99Z|Cのその他|Not otherwise provided for in section C
`
