/** As `titles-a-to-c.ts`. */
export const titlesOfDToY = `
D|繊維・紙|Textiles and paper
D01|糸・繊維・紡績|Threads, fibres and spinning
D01B|天然繊維の機械処理|Mechanical treatment of natural fibres
D01C|天然繊維の化学処理|Chemical treatment of natural fibres
D01D|化学繊維の紡糸|Spinning of man-made fibres
D01F|化学繊維・炭素繊維の組成|Man-made and carbon fibres
D01G|繊維の前処理|Preliminary treatment of fibres
D01H|紡績・撚糸|Spinning and twisting
D02|糸の仕上げ|Yarns and their finishing
D02G|糸の加工・けん縮|Crimping and texturing of yarns
D02H|整経|Warping
D02J|糸・綱の仕上げ|Finishing of yarns and ropes
D03|織り|Weaving
D03C|開口装置・紋紙|Shedding mechanisms
D03D|織物・織機|Woven fabrics and looms
D03J|織機の補助装置|Auxiliary weaving apparatus
D04|編み・レース・不織布|Braiding, knitting and non-woven fabrics
D04B|編物|Knitting
D04C|組ひも・レース|Braiding and lace
D04D|縁飾り|Trimmings
D04G|結び網|Knotted nets
D04H|不織布|Non-woven fabrics
D05|縫製・刺しゅう|Sewing and embroidery
D05B|縫製|Sewing
D05C|刺しゅう・タフティング|Embroidery and tufting
D05D|縫製の索引|Index: sewing
D06|繊維の処理・洗濯|Treatment of textiles and laundering
D06B|液体・気体による繊維の処理|Treating textiles with liquids and gases
D06C|織物の仕上げ|Finishing of fabrics
D06F|洗濯・乾燥・アイロン|Washing, drying and ironing
D06G|じゅうたんなどの清掃|Cleaning of carpets and the like
D06H|織物の検査・裁断|Inspecting and cutting of textiles
D06J|ひだ付け|Pleating
D06L|漂白・ドライクリーニング|Bleaching and dry-cleaning
D06M|繊維の化学処理|Chemical treatment of fibres
D06N|床材・合成皮革|Floor coverings and artificial leather
D06P|染色・捺染|Dyeing and printing of textiles
D06Q|織物の装飾|Decorating of textiles
D07|綱・ケーブル|Ropes and cables
D07B|綱・ケーブル一般|Ropes and cables in general
D10|繊維の索引|Index: textiles
D10B|繊維の索引|Index: textiles
D21|製紙・セルロース|Paper-making and cellulose
D21B|繊維原料の処理|Treatment of fibrous raw materials
D21C|パルプの製造|Production of pulp
D21D|抄紙前の処理|Treatment before paper-making
D21F|抄紙機|Paper-making machines
D21G|カレンダー・抄紙の付属装置|Calenders and accessories
D21H|パルプ・紙の組成|Pulp and paper compositions
D21J|繊維板・パルプ成形|Fibreboard and moulded pulp
D99|Dのその他|Not otherwise provided for in section D
D99Z|Dのその他|Not otherwise provided for in section D
E|固定構造物|Fixed constructions
E01|道路・鉄道・橋|Roads, railways and bridges
E01B|軌道|Railway track
E01C|道路・舗装|Roads and paving
E01D|橋|Bridges
E01F|道路の付帯設備|Road equipment and barriers
E01H|道路の清掃・除雪|Street cleaning and snow clearing
E02|水工・基礎・土工|Hydraulic engineering, foundations, earthworks
E02B|水工|Hydraulic engineering
E02C|船の昇降設備|Ship lifts
E02D|基礎・掘削・水中構造物|Foundations and excavations
E02F|掘削機・しゅんせつ|Excavators and dredgers
E03|上下水道|Water supply and sewerage
E03B|取水・配水|Collecting and distributing of water
E03C|給排水の設備|Domestic plumbing
E03D|水洗便器|Flushing toilets
E03F|下水|Sewers
E04|建築|Building
E04B|建築構造・壁・断熱|Building constructions, walls and insulation
E04C|建築部材|Structural elements
E04D|屋根|Roofs
E04F|内外装・床・階段|Finishing work, floors and stairs
E04G|足場・型枠・施工|Scaffolding, forms and building work
E04H|特定用途の建物・耐震|Special buildings; earthquake protection
E05|錠・鍵・建具金物|Locks, keys and fittings
E05B|錠|Locks
E05C|かんぬき・留め金|Bolts and fastenings of doors
E05D|ちょうつがい|Hinges
E05F|戸の開閉装置|Door openers and closers
E05G|金庫|Safes
E05Y|戸の金具の索引|Index: door fittings
E06|戸・窓・はしご|Doors, windows, shutters and ladders
E06B|戸・窓・シャッター|Doors, windows and shutters
E06C|はしご|Ladders
E21|掘削・採鉱|Drilling and mining
E21B|地中の掘削・坑井|Drilling and wells
E21C|採鉱|Mining and quarrying
E21D|立坑・トンネル|Shafts and tunnels
E21F|坑内の安全・換気|Safety and ventilation in mines
E99|Eのその他|Not otherwise provided for in section E
E99Z|Eのその他|Not otherwise provided for in section E
F|機械工学・照明・加熱・武器|Mechanical engineering, lighting, heating, weapons
F01|機関一般|Machines and engines in general
F01B|ピストン機関・蒸気機関|Piston machines and steam engines
F01C|回転ピストン機関|Rotary-piston engines
F01D|タービン|Turbines
F01K|蒸気原動所・熱機関プラント|Steam engine plants
F01L|動弁機構|Valve gear of engines
F01M|機関の潤滑|Lubrication of engines
F01N|排気・消音・排ガス浄化|Exhaust, silencers and exhaust treatment
F01P|機関の冷却|Cooling of engines
F02|燃焼機関|Combustion engines
F02B|内燃ピストン機関・過給|Internal-combustion engines and charging
F02C|ガスタービン設備|Gas-turbine plants
F02D|燃焼機関の制御|Control of combustion engines
F02F|シリンダー・ピストン|Cylinders and pistons
F02G|スターリング機関・排熱利用|Hot-gas engines and waste heat
F02K|ジェット推進|Jet propulsion
F02M|燃料・混合気の供給|Fuel and mixture supply
F02N|機関の始動|Starting of engines
F02P|点火|Ignition
F03|流体・風力・その他の原動機|Liquid, wind and other motors
F03B|水車・水力|Water turbines
F03C|液圧モーター|Hydraulic motors
F03D|風車|Wind motors
F03G|ばね・おもり・地熱などの原動機|Spring, weight and thermal motors
F03H|反動推力の発生|Reactive thrust
F04|ポンプ・圧縮機|Pumps and compressors
F04B|往復ポンプ・圧縮機|Positive-displacement pumps
F04C|回転ポンプ・圧縮機|Rotary-piston pumps
F04D|遠心・軸流ポンプ、送風機|Centrifugal and axial pumps; fans
F04F|ジェットポンプ|Jet pumps
F05|機関・ポンプの索引|Index: engines and pumps
F05B|風力・水力機関の索引|Index: wind and water motors
F05C|機関の材料の索引|Index: materials of engines
F05D|タービン・ジェットの索引|Index: turbines and jets
F15|流体圧アクチュエーター|Fluid-pressure actuators
F15B|流体圧の系・アクチュエーター|Fluid-pressure systems and actuators
F15C|流体回路素子|Fluid-circuit elements
F15D|流れの制御|Flow control
F16|機械要素|Engineering elements
F16B|ねじ・締結具|Screws and fasteners
F16C|軸・軸受|Shafts and bearings
F16D|クラッチ・ブレーキ|Clutches and brakes
F16F|ばね・防振|Springs and shock-absorbers
F16G|ベルト・チェーン|Belts and chains
F16H|歯車・変速機|Gearing
F16J|ピストン・密封|Pistons and sealing
F16K|弁|Valves
F16L|管・継手・断熱|Pipes and joints
F16M|機枠・支持台・スタンド|Frames, stands and supports
F16N|潤滑|Lubricating
F16P|安全装置|Safety devices
F16S|構造要素一般|Constructional elements in general
F16T|スチームトラップ|Steam traps
F17|ガス・液体の貯蔵・分配|Storing and distributing of gases and liquids
F17B|可変容量ガスタンク|Variable gas-holders
F17C|高圧・液化ガスの容器|Vessels for compressed and liquefied gases
F17D|パイプライン|Pipe-lines
F21|照明|Lighting
F21H|白熱マントル|Incandescent mantles
F21K|半導体などの光源|Light sources, semiconductor included
F21L|携帯用照明|Portable lighting
F21S|据付け照明・車両用灯具|Fixed lighting and vehicle lamps
F21V|照明器具の細部|Details of lighting devices
F21W|照明の用途の索引|Index: uses of lighting
F21Y|光源の種類の索引|Index: kinds of light source
F22|蒸気の発生|Steam generation
F22B|ボイラー|Steam boilers
F22D|給水の予熱|Feed-water preheating
F22G|過熱器|Superheating of steam
F23|燃焼装置|Combustion apparatus
F23B|固体燃料の燃焼|Combustion of solid fuel
F23C|流体燃料の燃焼|Combustion of fluid fuel
F23D|バーナー|Burners
F23G|焼却炉|Incinerators
F23H|火格子|Grates
F23J|燃焼生成物の処理|Treatment of combustion products
F23K|燃料の供給|Feeding of fuel
F23L|空気の供給・通風|Air supply and draught
F23M|燃焼室の壁・扉|Combustion chamber parts
F23N|燃焼の制御|Control of combustion
F23Q|点火・消火|Ignition and extinguishing
F23R|ガスタービン燃焼器|Gas-turbine combustors
F24|加熱・換気・空調|Heating, ventilation and air conditioning
F24B|固体燃料のストーブ|Stoves for solid fuel
F24C|調理用加熱器・レンジ|Cooking stoves and ranges
F24D|暖房・給湯|Space heating and hot water
F24F|空調・換気|Air conditioning and ventilation
F24H|給湯器・ヒーター|Water and air heaters
F24J|熱の発生・利用（旧分類）|Production and use of heat (former class)
F24S|太陽熱|Solar heat
F24T|地熱|Geothermal heat
F24V|その他の熱の利用|Other use of heat
F25|冷凍・冷却・液化|Refrigeration, cooling and liquefaction
F25B|冷凍機・ヒートポンプ|Refrigeration machines and heat pumps
F25C|製氷|Making of ice
F25D|冷蔵庫|Refrigerators
F25J|気体の液化・深冷分離|Liquefaction and cryogenic separation of gases
F26|乾燥|Drying
F26B|固体の乾燥|Drying of solid materials
F27|炉|Furnaces
F27B|炉一般|Furnaces and kilns in general
F27D|炉の細部|Details of furnaces
F27M|炉の索引|Index: furnaces
F28|熱交換|Heat exchange
F28B|復水器|Condensers
F28C|直接接触の熱交換|Direct-contact heat exchange
F28D|隔壁式の熱交換・蓄熱|Heat exchangers and heat storage
F28F|熱交換器の細部|Details of heat exchangers
F28G|熱交換器の清掃|Cleaning of heat exchangers
F41|武器|Weapons
F41A|銃砲の共通部分|Parts of guns
F41B|火薬を使わない発射具|Weapons without explosives
F41C|小火器|Small arms
F41F|発射装置|Launching apparatus
F41G|照準・誘導|Sights and aiming
F41H|装甲・防護|Armour and protection
F41J|標的|Targets
F42|弾薬・発破|Ammunition and blasting
F42B|弾薬・花火|Charges, fireworks and ammunition
F42C|信管|Fuzes
F42D|発破|Blasting
F99|Fのその他|Not otherwise provided for in section F
F99Z|Fのその他|Not otherwise provided for in section F
G|物理学|Physics
G01|測定・試験|Measuring and testing
G01B|長さ・厚さ・形状の測定|Measuring length, thickness and shape
G01C|距離・方位・航法・測量|Distances, bearings, navigation and surveying
G01D|測定一般・センサーの細部|Measuring in general
G01F|体積・流量・液面の測定|Measuring volume, flow and level
G01G|重量の測定|Weighing
G01H|振動・音波の測定|Measuring vibrations and sound
G01J|光・温度放射の測定|Measuring light and thermal radiation
G01K|温度・熱量の測定|Measuring temperature and heat
G01L|力・トルク・圧力の測定|Measuring force, torque and pressure
G01M|機械・構造物の試験|Testing of machines and structures
G01N|材料の調査・分析|Investigating and analysing of materials
G01P|速度・加速度の測定|Measuring speed and acceleration
G01Q|走査プローブ技術|Scanning-probe techniques
G01R|電気・磁気の測定|Measuring electric and magnetic variables
G01S|電波測位・レーダー|Radio positioning and radar
G01T|放射線の測定|Measuring nuclear radiation and X-rays
G01V|地球物理・物体の検出|Geophysics and detecting of objects
G01W|気象|Meteorology
G02|光学|Optics
G02B|光学素子・光学系|Optical elements and systems
G02C|眼鏡・コンタクトレンズ|Spectacles and contact lenses
G02F|光の制御・液晶・非線形光学|Control of light; liquid crystals
G03|写真・映画・電子写真|Photography and electrography
G03B|カメラ・投影|Cameras and projectors
G03C|写真材料|Photographic materials
G03D|写真の処理装置|Photographic processing
G03F|リソグラフィー・フォトレジスト|Lithography and photoresists
G03G|電子写真|Electrophotography
G03H|ホログラフィー|Holography
G04|時計|Horology
G04B|機械式時計|Mechanical clocks and watches
G04C|電気時計|Electromechanical clocks and watches
G04D|時計の工具|Tools for clocks and watches
G04F|時間の計測|Time-interval measuring
G04G|電子時計|Electronic timepieces
G04R|電波時計|Radio-controlled timepieces
G05|制御・調整|Controlling and regulating
G05B|制御系一般|Control systems in general
G05D|非電気量の制御・自動走行|Control of non-electric variables; vehicles
G05F|電圧・電流の調整|Regulating electric variables
G05G|機械式の操作装置|Mechanical control devices
G06|計算・計数|Computing and counting
G06C|機械式計算機|Mechanical computers
G06D|流体計算機|Fluid-pressure computing
G06E|光計算|Optical computing
G06F|電子計算・データ処理|Electric digital data processing
G06G|アナログ計算機|Analogue computers
G06J|ハイブリッド計算|Hybrid computing
G06K|データの読取り・記録媒体|Data reading and record carriers
G06M|計数機構|Counting mechanisms
G06N|人工知能・量子などの計算モデル|Computing models: AI, quantum
G06Q|業務・商取引の情報技術|IT for administration and commerce
G06T|画像処理・生成|Image processing and generation
G06V|画像・映像の認識|Image and video recognition
G07|券売・自動販売・記録|Checking devices and vending
G07B|券売・運賃|Ticketing and fares
G07C|入退管理・勤怠・投票|Attendance, access and voting records
G07D|硬貨・紙幣の取扱い|Handling of coins and banknotes
G07F|自動販売機|Vending machines
G07G|レジスター|Cash registers
G08|信号|Signalling
G08B|警報・通報|Alarms and calling systems
G08C|測定値・制御信号の伝送|Transmission of measured values
G08G|交通管制|Traffic control
G09|教育・暗号・表示・広告|Education, cryptography, display and advertising
G09B|教育・模型・地図|Teaching aids, models and maps
G09C|暗号|Cryptography
G09D|時刻表・暦|Timetables and calendars
G09F|表示・広告・ラベル|Displaying and advertising
G09G|表示装置の制御|Control of display devices
G10|楽器・音響|Musical instruments and acoustics
G10B|オルガン|Organs
G10C|ピアノ|Pianos
G10D|弦楽器・管楽器・打楽器|String, wind and percussion instruments
G10F|自動演奏|Automatic musical instruments
G10G|楽譜・楽器の補助具|Music notation and accessories
G10H|電子楽器|Electronic musical instruments
G10K|発音・騒音制御|Sound production and noise control
G10L|音声の認識・合成・符号化|Speech recognition, synthesis and coding
G11|情報の記憶|Information storage
G11B|記録媒体・ディスク|Recording media and disks
G11C|半導体メモリー・静的記憶|Static and semiconductor memories
G12|機器の細部|Instrument details
G12B|機器の細部|Instrument details
G16|特定分野の情報通信技術|ICT for particular fields
G16B|生命情報学|Bioinformatics
G16C|計算化学・材料情報学|Computational chemistry and chemoinformatics
G16H|医療情報|Healthcare informatics
G16Y|モノのインターネット（IoT）|Internet of things
G16Z|その他の分野の情報技術|ICT for other fields
G21|原子核工学|Nuclear engineering
G21B|核融合|Nuclear fusion
G21C|原子炉|Nuclear reactors
G21D|原子力発電所|Nuclear power plants
G21F|放射線防護・除染|Radiation protection and decontamination
G21G|元素の変換・放射線源|Conversion of elements; radioactive sources
G21H|放射線エネルギーの利用|Energy from radioactive sources
G21J|核爆発|Nuclear explosives
G21K|粒子・放射線の取扱い|Handling of particles and radiation
G99|Gのその他|Not otherwise provided for in section G
G99Z|Gのその他|Not otherwise provided for in section G
H|電気|Electricity
H01|電気素子|Electric elements
H01B|電線・導体・絶縁体|Cables, conductors and insulators
H01C|抵抗器|Resistors
H01F|磁石・コイル・変圧器|Magnets, inductors and transformers
H01G|コンデンサー|Capacitors
H01H|スイッチ・継電器|Switches and relays
H01J|電子管・放電灯・質量分析|Electron tubes, lamps and mass spectrometers
H01K|白熱電球|Incandescent lamps
H01L|半導体装置とその製造|Semiconductor devices and their manufacture
H01M|電池・燃料電池|Batteries and fuel cells
H01P|導波管・共振器|Waveguides
H01Q|アンテナ|Antennas
H01R|コネクター・接続|Electrical connectors
H01S|レーザー|Lasers
H01T|火花・イオン発生|Spark gaps and ion generation
H02|発電・変電・配電|Generation, conversion and distribution of power
H02B|配電盤・変電所|Switchgear and substations
H02G|電線の敷設|Installation of cables
H02H|電気の保護回路|Protective circuits
H02J|給電・充電・電力網|Power supply, charging and grids
H02K|電動機・発電機|Motors and generators
H02M|電力変換|Power conversion
H02N|静電・圧電などの電機|Electrostatic and other electric machines
H02P|電動機・発電機の制御|Control of motors and generators
H02S|太陽光発電|Photovoltaic power
H03|電子回路|Electronic circuits
H03B|発振|Oscillators
H03C|変調|Modulation
H03D|復調|Demodulation
H03F|増幅器|Amplifiers
H03G|増幅の制御|Control of amplification
H03H|フィルター・共振子|Filters and resonators
H03J|同調|Tuning
H03K|パルス・論理回路|Pulse and logic circuits
H03L|発振の制御・PLL|Control of oscillators
H03M|符号化・AD変換|Coding and A/D conversion
H04|電気通信|Electric communication
H04B|伝送|Transmission
H04H|放送|Broadcasting
H04J|多重通信|Multiplex communication
H04K|秘密通信・妨害|Secret communication and jamming
H04L|デジタル情報の伝送|Digital information transmission
H04M|電話|Telephony
H04N|映像・画像通信|Pictorial communication
H04Q|交換・選択|Selecting and switching
H04R|スピーカー・マイク・補聴器|Loudspeakers, microphones and hearing aids
H04S|立体音響|Stereophonic systems
H04T|通信規格の索引|Index: communication standards
H04W|無線通信網|Wireless networks
H05|その他の電気技術|Other electric techniques
H05B|電気加熱・照明回路・有機EL|Electric heating; lighting circuits; OLED
H05C|電気で殺す・誘導する装置|Electric stunning and guiding
H05F|静電気|Static electricity
H05G|X線技術|X-ray technique
H05H|プラズマ・加速器|Plasma and accelerators
H05K|プリント回路・電子機器の筐体|Printed circuits and casings
H10|半導体デバイス・固体デバイス|Semiconductor and solid-state devices
H10B|メモリーデバイス|Memory devices
H10D|無機半導体デバイス|Inorganic semiconductor devices
H10F|受光・太陽電池の半導体デバイス|Photodetectors and solar cells
H10H|発光ダイオード|Light-emitting diodes
H10K|有機の固体デバイス|Organic solid-state devices
H10N|熱電・圧電・磁気・超伝導のデバイス|Thermoelectric, piezoelectric and other devices
H99|Hのその他|Not otherwise provided for in section H
H99Z|Hのその他|Not otherwise provided for in section H
Y|新技術の横断的なタグ（CPC）|Tagging of new technologies (CPC)
Y02|気候変動の緩和と適応|Climate-change mitigation and adaptation
Y02A|気候変動への適応|Adaptation to climate change
Y02B|建物の気候変動対策|Climate: buildings
Y02C|温室効果ガスの回収・貯留|Capture and storage of greenhouse gases
Y02D|情報通信の省エネルギー|Climate: information technology
Y02E|エネルギーの気候変動対策|Climate: energy
Y02P|生産工程の気候変動対策|Climate: production of goods
Y02T|運輸の気候変動対策|Climate: transport
Y02W|廃水・廃棄物の気候変動対策|Climate: waste water and waste
Y04|他の分野に及ぶ情報技術|ICT with impact on other fields
Y04S|スマートグリッド|Smart grids
Y10|旧米国分類の主題|Former US classification
Y10S|旧米国分類の相互参照|Former US cross-reference collections
Y10T|旧米国分類の主題|Former US classification subjects
`
