/**
 * Short labels, in our own words, of main groups that are much used in the fields where research commons began: batteries
 * and their materials, vehicles and robots, life science. Others are shown by their symbol and the label of their subclass.
 */
export const mainGroupTitles = `
A01H1|育種の方法・遺伝子型の改変|Breeding; modifying genotypes
A01H5|形質で特徴づけた植物|Plants characterised by their parts
A01K67|動物の飼育・遺伝子改変動物|Rearing; genetically modified animals
A23L33|食品の栄養・機能の改変|Modifying nutritive qualities of foods
A61B1|内視鏡|Endoscopes
A61B5|身体の計測・診断|Measuring for diagnosis
A61B6|放射線診断|Radiation diagnosis
A61B8|超音波診断|Ultrasonic diagnosis
A61B10|その他の診断・検体採取|Other diagnosis; sampling
A61B17|手術器具|Surgical instruments
A61B18|エネルギーによる手術器具|Surgery by transfer of energy
A61B34|手術支援・手術ロボット|Computer-aided surgery and robots
A61B90|手術の補助器具|Accessories for surgery
A61F2|人工臓器・ステント|Prostheses and stents
A61K8|化粧品|Cosmetics
A61K9|剤形に特徴のある製剤|Preparations by physical form
A61K31|有機有効成分を含む医薬|Medicines with organic active ingredients
A61K35|生体由来の成分を含む医薬|Medicines from living material
A61K36|植物由来の成分を含む医薬|Medicines from plants
A61K38|ペプチドを含む医薬|Medicines with peptides
A61K39|抗原・抗体を含む医薬|Medicines with antigens or antibodies
A61K45|その他の有効成分・併用|Other active ingredients; combinations
A61K47|医薬の添加剤・担体|Carriers and inert ingredients
A61K48|遺伝子治療|Gene therapy
A61L2|滅菌・消毒|Disinfection and sterilisation
A61L27|人工臓器の材料|Materials for prostheses
A61P3|代謝の薬|Drugs for metabolism
A61P9|循環器の薬|Drugs for the heart and circulation
A61P25|神経系の薬|Drugs for the nervous system
A61P29|鎮痛・抗炎症の薬|Analgesics and anti-inflammatories
A61P31|抗感染症の薬|Anti-infectives
A61P35|抗がん剤|Antineoplastic agents
A61P37|免疫・アレルギーの薬|Drugs for immunity and allergy
B01D53|気体の分離・浄化|Separation and purifying of gases
B01D69|分離膜|Separation membranes
B01J8|固体粒子の反応器|Reactors with solid particles
B01J19|化学反応の装置一般|Chemical reactors in general
B01J20|吸着剤|Sorbents
B01J21|典型元素を含む触媒|Catalysts of light elements
B01J23|金属・酸化物触媒|Metal and oxide catalysts
B01J27|非金属化合物の触媒|Catalysts of non-metal compounds
B01J29|ゼオライト触媒|Zeolite catalysts
B01J31|有機物・錯体の触媒|Organic and complex catalysts
B01J35|触媒の形状・物性|Form and properties of catalysts
B01J37|触媒の調製|Preparation of catalysts
B22F1|金属粉末|Metallic powder
B22F9|金属粉末の製造|Making of metallic powder
B22F10|金属の積層造形|Additive manufacturing of metal
B25J3|マスタースレーブ型マニプレーター|Master-slave manipulators
B25J5|走行するマニプレーター|Mobile manipulators
B25J9|プログラム制御マニプレーター|Programme-controlled manipulators
B25J11|その他のロボット|Other robots
B25J13|ロボットの操作・感知|Controls and sensing of robots
B25J15|ロボットハンド|Grippers
B25J17|ロボットの関節|Joints
B25J18|ロボットの腕|Arms
B25J19|ロボットの付属装置・安全|Accessories and safety of robots
B25J21|作業用グローブボックス|Glove boxes
B60K6|ハイブリッド車|Hybrid vehicles
B60K28|運転の安全のための制御|Safety controls of drives
B60K35|車両の計器・表示|Instruments and displays of vehicles
B60L3|電気自動車の安全装置|Safety of electric vehicles
B60L7|電気ブレーキ・回生|Electric and regenerative braking
B60L15|電気自動車の駆動制御|Drive control of electric vehicles
B60L50|車載の電源|Power from inside the vehicle
B60L53|電気自動車の充電|Charging of electric vehicles
B60L58|車載電池の管理|Management of vehicle batteries
B60R11|車両への物品の取付け|Holding of things in vehicles
B60R16|車両の電気回路|Electric circuits of vehicles
B60R21|乗員・歩行者の保護|Protection of occupants and pedestrians
B60T7|ブレーキの操作開始|Brake-action initiating means
B60T8|制動力の調整|Adjusting of braking force
B60W10|副装置の統合制御|Joint control of sub-units
B60W20|ハイブリッド車の制御|Control of hybrid vehicles
B60W30|目的ごとの走行制御・運転支援|Driving control by purpose
B60W40|走行状態の推定|Estimating of driving parameters
B60W50|運転者とのやり取り・制御の細部|Interaction with the driver
B60W60|自動運転|Autonomous driving
B61B13|その他の鉄道方式|Other railway systems
B62D1|操舵の操作部|Steering controls
B62D5|パワーステアリング|Power steering
B62D6|自動操舵・操舵の制御|Automatic steering
B64U10|無人航空機の種類|Types of unmanned aircraft
B65G1|倉庫での保管|Storing in warehouses
B65G35|その他の運搬装置|Other conveyors
B65G47|コンベヤーでの物品の扱い|Handling on conveyors
B65G61|積付け・積降ろし|Stacking and unstacking
B66F9|フォークリフト|Fork-lift trucks
B82Y30|ナノ材料|Nanomaterials
B82Y40|ナノ構造の製造|Making of nanostructures
C01B3|水素|Hydrogen
C01B17|硫黄とその化合物|Sulfur and its compounds
C01B21|窒素の化合物|Compounds of nitrogen
C01B25|りんの化合物|Compounds of phosphorus
C01B32|炭素とその化合物|Carbon and its compounds
C01B33|けい素の化合物|Compounds of silicon
C01B35|ほう素の化合物|Compounds of boron
C01D15|リチウムの化合物|Compounds of lithium
C01F7|アルミニウムの化合物|Compounds of aluminium
C01F17|希土類の化合物|Compounds of rare earths
C01G23|チタンの化合物|Compounds of titanium
C01G25|ジルコニウムの化合物|Compounds of zirconium
C01G33|ニオブの化合物|Compounds of niobium
C01G35|タンタルの化合物|Compounds of tantalum
C01G45|マンガンの化合物|Compounds of manganese
C01G51|コバルトの化合物|Compounds of cobalt
C01G53|ニッケルの化合物|Compounds of nickel
C02F1|水の処理|Treatment of water
C02F3|水の生物処理|Biological treatment of water
C03C3|ガラスの組成|Glass compositions
C03C4|特殊なガラス|Glass with special properties
C03C10|結晶化ガラス|Glass-ceramics
C04B35|セラミックスの組成|Ceramic compositions
C07C1|炭化水素の製造|Preparation of hydrocarbons
C07D213|ピリジン|Pyridines
C07D401|複数の窒素複素環|Compounds with several nitrogen rings
C07D471|縮合複素環|Condensed hetero rings
C07D487|窒素だけの縮合複素環|Condensed rings with nitrogen only
C07F5|ほう素・アルミニウムの有機化合物|Organic compounds of boron and aluminium
C07H21|核酸|Nucleic acids
C07K14|動植物・微生物のペプチド|Peptides of organisms
C07K16|抗体|Antibodies
C07K19|融合ペプチド|Hybrid peptides
C08G61|炭素－炭素連結の重合体|Polymers with carbon-carbon links
C08G65|ポリエーテル|Polyethers
C08J5|高分子の成形品・膜|Articles and films of polymers
C08K3|無機の配合剤|Inorganic additives
C08L101|高分子組成物（その他）|Compositions of unspecified polymers
C09K11|蛍光体|Luminescent materials
C12M1|微生物・酵素の装置|Apparatus for microbiology
C12M3|組織・細胞培養の装置|Apparatus for cell culture
C12N1|微生物とその培養|Microorganisms and their culture
C12N5|細胞・組織とその培養|Cells, tissues and their culture
C12N7|ウイルス|Viruses
C12N9|酵素|Enzymes
C12N15|遺伝子工学・ゲノム編集|Genetic engineering; genome editing
C12P7|含酸素化合物の発酵生産|Fermentation of oxygen compounds
C12P21|ペプチドの発酵生産|Preparation of peptides
C12Q1|酵素・核酸・微生物による測定|Measuring with enzymes, nucleic acids, microbes
C22C38|鉄合金・鋼|Steel and iron alloys
C23C14|物理蒸着・スパッタリング|Physical vapour deposition; sputtering
C23C16|化学蒸着|Chemical vapour deposition
C25B1|電解による化合物の製造|Electrolytic production of compounds
C25B9|電解槽|Electrolytic cells
C25B11|電解の電極・触媒|Electrodes and catalysts of electrolysis
C30B29|単結晶の材料|Single crystals by material
D04H1|短繊維の不織布|Non-wovens of staple fibres
E02F9|建設機械の制御|Control of excavators
F01D25|タービンの部品|Parts of turbines
F02C7|ガスタービンの部品|Parts of gas turbines
F02D29|車両などに応じた機関の制御|Engine control for vehicles
F02D41|燃料噴射の電子制御|Electronic fuel-injection control
F02D45|機関の電子制御（その他）|Other electronic engine control
F02K1|ジェットノズル|Jet nozzles
F02K9|ロケットエンジン|Rocket engines
G01C21|航法・ナビゲーション|Navigation
G01N21|光による分析|Analysis by light
G01N27|電気・電気化学による分析|Electric and electrochemical analysis
G01N33|生体材料などの分析|Analysis of biological and other materials
G01R31|電気的な試験・電池の診断|Electric testing; battery diagnosis
G01S17|ライダー|Lidar
G02B6|光導波路・光ファイバー|Light guides and optical fibres
G05B13|適応制御|Adaptive control
G05B19|プログラム制御・数値制御|Programme and numerical control
G05B23|制御系の試験・監視|Testing and monitoring of control
G05D1|乗り物の位置・進路の制御|Control of position and course of vehicles
G06F3|入出力・操作の装置|Input and output; interaction
G06F17|特定用途の計算|Computing for specific functions
G06N3|神経回路網などの生物モデル|Neural networks
G06N10|量子計算|Quantum computing
G06N20|機械学習|Machine learning
G06Q10|管理・経営|Administration and management
G06Q50|特定業種の情報技術|ICT for particular trades
G06T1|画像データ処理一般|Image data processing in general
G06T7|画像の解析|Image analysis
G06V10|画像認識の要素|Elements of image recognition
G06V20|場面の認識|Scene recognition
G08B21|異常・危険の警報|Alarms for undesired conditions
G08B25|中央局への警報|Alarms to a central station
G08G1|道路交通の管制|Traffic control of road vehicles
G09B19|教育（その他）|Teaching not covered elsewhere
G09G5|表示の制御|Control of visual indicators
G16B40|生命情報の機械学習|Machine learning in bioinformatics
G16H50|医療の診断支援・データ解析|Medical diagnosis support
H01B1|導電材料・イオン伝導体|Conductive and ion-conducting materials
H01B5|導体の形|Conductors by form
H01B12|超伝導の電線|Superconducting cables
H01B13|電線・導体の製造|Making of cables and conductors
H01F1|磁性材料|Magnetic materials
H01F6|超伝導磁石|Superconducting magnets
H01G9|電解コンデンサー・色素増感|Electrolytic and light-sensitive devices
H01G11|電気二重層・ハイブリッドキャパシター|Supercapacitors
H01L21|半導体の製造工程|Manufacture of semiconductors
H01L29|半導体素子|Semiconductor components
H01L31|受光素子・太陽電池|Photodetectors and solar cells
H01L33|発光ダイオード|Light-emitting diodes
H01M2|電池の外装・部品（旧分類）|Cell casings and parts (former group)
H01M4|電極|Electrodes
H01M6|一次電池|Primary cells
H01M8|燃料電池|Fuel cells
H01M10|二次電池|Secondary cells
H01M12|空気電池・ハイブリッド電池|Hybrid and metal-air cells
H01M14|その他の電気化学電池|Other electrochemical generators
H01M50|電池の外装・部品・セパレーター|Cell casings, parts and separators
H02J7|充電・電池の給電回路|Charging and battery circuits
H02J50|無線給電|Wireless power
H04L9|暗号通信|Secret digital communication
H04N7|テレビジョン方式|Television systems
H04N23|カメラ・撮像装置|Cameras
H05H1|プラズマの発生|Generating of plasma
H10K30|有機の受光・太陽電池|Organic photodetectors and solar cells
H10K50|有機EL|Organic light-emitting devices
H10N10|熱電素子|Thermoelectric devices
H10N30|圧電素子|Piezoelectric devices
H10N60|超伝導素子|Superconducting devices
`
