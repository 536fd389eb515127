import { pictureRulesOnPages } from './picture-style.ts'

/** The one style sheet. Colours are named for dyes: indigo, moss, ochre, ash, madder. */
export const style = `
:root{color-scheme:light dark;--paper:#fcfbf8;--ink:#1c2025;--faint:#555a60;--line:#d8d3c8;--edge:#8a857a;--wash:#f4f1ea;
--indigo:#1f3f73;--moss:#3f5f1e;--ochre:#7d5200;--ash:#575b5a;--madder:#972728;
--sans:"Hiragino Sans","Yu Gothic UI","Noto Sans JP",system-ui,sans-serif;
--serif:"Hiragino Mincho ProN","Yu Mincho","Noto Serif JP",Georgia,serif;--mono:ui-monospace,"SFMono-Regular",Menlo,Consolas,monospace}
@media (prefers-color-scheme:dark){:root{--paper:#15181c;--ink:#e7e4dd;--faint:#adb1b5;--line:#373c43;--edge:#7d838a;--wash:#1c2025;
--indigo:#a3c0ee;--moss:#a9ca80;--ochre:#e2b760;--ash:#b5b9b8;--madder:#f3a09a}}
*,::before,::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.65 var(--sans);overflow-wrap:break-word;line-break:strict}
:lang(ja){line-height:1.8;word-break:auto-phrase}
.page{max-width:66rem;margin:0 auto;padding:0 1.25rem}
a{color:var(--indigo);text-underline-offset:.2em;text-decoration-thickness:1px}
a:hover{text-decoration-thickness:2px}
.bare{color:inherit;text-decoration-color:var(--edge)}
:focus-visible{outline:2px solid var(--indigo);outline-offset:2px}
h1,h2,h3,.serif{font-family:var(--serif);font-weight:600;line-height:1.4;text-wrap:balance}
h1{font-size:1.9rem;margin:2.25rem 0 .75rem}
h2{font-size:1.3rem;margin:2.75rem 0 .75rem;padding-top:.75rem;border-top:1px solid var(--line)}
h2.plain{border:0;padding:0;font-size:1.08rem;margin:1.75rem 0 .4rem}
h3{font-size:1.08rem;margin:1.75rem 0 .4rem}
p{margin:.6rem 0;max-width:44rem}
ul,ol{padding-left:1.4rem;margin:.6rem 0;max-width:44rem}
li{margin:.25rem 0}
small,.small{font-size:.875rem}
.faint{color:var(--faint)}
.lead{font-size:1.1rem;max-width:42rem}
.num,td.num,time{font-variant-numeric:tabular-nums}
code,pre,.mono{font-family:var(--mono);font-size:.875rem}
p code,li code,.pick{overflow-wrap:anywhere}
pre{background:var(--wash);border:1px solid var(--line);padding:.75rem 1rem;line-height:1.5;overflow-x:auto;white-space:pre-wrap;max-width:100%}
.pick{user-select:all}
.skip{position:absolute;left:-99rem;top:0;padding:.5rem 1rem;background:var(--paper)}
.skip:focus{left:.5rem;z-index:1}
.hide{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.site{border-bottom:1px solid var(--line)}
.site .page{display:flex;flex-wrap:wrap;align-items:baseline;gap:.25rem 1.5rem;padding-top:.9rem;padding-bottom:.9rem}
.name{font:600 1.25rem/1.4 var(--serif);color:var(--ink);text-decoration:none;margin-right:auto}
.name span{font-size:.95rem;margin-left:.35em}
.site nav{display:block;position:static;width:auto;height:auto;margin:0;padding:0;border:0;color:inherit;background:none;overflow:visible}
.site nav ul,.foot ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin:0;padding:0}
.menu{display:none}
.site nav li{margin:0}
.site a:not(.name){text-decoration:none;display:inline-block;padding:.15rem 0}
.site a:not(.name):hover{text-decoration:underline}
.site [aria-current]{color:var(--ink);border-bottom:2px solid var(--indigo)}
.sample{border-bottom:1px solid var(--line);background:var(--wash);font-size:.9rem}
.sample p{margin:0;padding:.45rem 0;max-width:none}
.sample b{color:var(--ochre);margin-right:.5em}
.foot{border-top:1px solid var(--line);margin-top:4rem;padding:1rem 0 2.5rem;color:var(--faint);font-size:.875rem}
main{padding-bottom:1rem}

.mark{font-weight:600;white-space:nowrap;color:var(--c)}
.mark::before{content:"";display:inline-block;width:.82em;height:.82em;margin-right:.4em;vertical-align:-.04em;background:currentColor;
-webkit-mask:var(--m) center/contain no-repeat;mask:var(--m) center/contain no-repeat;print-color-adjust:exact;-webkit-print-color-adjust:exact}
@media (forced-colors:active){.mark::before{background:CanvasText}}
.allowed{--c:var(--moss);--m:url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' r='8'/%3E%3C/svg%3E")}
.ask{--c:var(--ochre);--m:url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M8 1l8 14H0z'/%3E%3C/svg%3E")}
.not_allowed{--c:var(--madder);--m:url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M3 0l5 5 5-5 3 3-5 5 5 5-3 3-5-5-5 5-3-3 5-5-5-5z'/%3E%3C/svg%3E")}
.not_needed{--c:var(--ash);--m:url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M0 6h16v4H0z'/%3E%3C/svg%3E")}
.not_enrolled{--c:var(--ash);--m:url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath fill-rule='evenodd' d='M0 0h16v16H0zM3 3v10h10V3z'/%3E%3C/svg%3E")}
.unrecognised{--c:var(--indigo);--m:url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath fill-rule='evenodd' d='M8 0l8 8-8 8-8-8zm0 4L4 8l4 4 4-4z'/%3E%3C/svg%3E")}

form{margin:0}
label,legend,.label{font-size:.875rem;font-weight:600;display:block;margin:0 0 .25rem}
input,select,textarea{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--edge);border-radius:0;padding:.5rem .6rem;width:100%;max-width:100%}
input,select{min-height:2.9rem}
textarea{font-size:1.05rem;line-height:1.6;resize:vertical;field-sizing:content;min-height:5.5rem;max-height:24rem}
button{font:inherit;font-weight:600;color:var(--paper);background:var(--indigo);border:1px solid var(--indigo);padding:.5rem 1.75rem;min-height:2.9rem;cursor:pointer}
button:hover{text-decoration:underline;text-underline-offset:.2em}
.box{border:1px solid var(--edge);border-top:3px solid var(--indigo);padding:1.1rem 1.25rem 1.25rem;margin:1.25rem 0}
.row{display:flex;flex-wrap:wrap;gap:.9rem 1rem;align-items:end;margin:.9rem 0 0}
.row>div{flex:1 1 11rem;min-width:0}
.row>.go{flex:0 0 auto}
.fault{border-left:3px solid var(--madder);padding-left:.9rem}
details{margin:.75rem 0}
summary{cursor:pointer;color:var(--indigo);font-size:.9rem;padding:.2rem 0}

.doors{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,15rem),1fr));gap:0 2.5rem;padding:0;margin:1rem 0;list-style:none;max-width:none}
.doors>li{margin:0 0 1rem;scroll-margin-top:1rem}
.home .doors{grid-template-columns:repeat(auto-fit,minmax(min(100%,13rem),1fr));gap:0 2rem;border-top:1px solid var(--line);margin-top:1.25rem}
.home .doors h2{margin-top:.75rem}
.home .box{margin:1rem 0 .75rem;padding-bottom:.75rem}
.home textarea{min-height:4.2rem}
.jump{display:none}
.tries{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;margin:.5rem 0}
.tries dt{font-weight:600}
.tries dd{margin:0}
.doors h3{margin-top:.25rem}
.doors p{margin:.2rem 0}
.examples{list-style:none;padding:0;max-width:none;margin:.5rem 0}
.examples li{border-top:1px solid var(--line);padding:.55rem 0;margin:0}
.examples li:last-child{border-bottom:1px solid var(--line)}
.figures{display:flex;flex-wrap:wrap;gap:.5rem 3rem;margin:1rem 0}
.figures div{display:flex;flex-direction:column-reverse}
.figures dt{font-size:.875rem;color:var(--faint)}
.figures dd{margin:0;font:600 2rem/1.2 var(--serif);font-variant-numeric:tabular-nums}

.counts{display:flex;flex-wrap:wrap;gap:.35rem 1.75rem;list-style:none;padding:.6rem 0;margin:1rem 0;border-top:1px solid var(--line);border-bottom:1px solid var(--line);max-width:none}
.counts li{margin:0}
.split{display:grid;grid-template-columns:16rem minmax(0,1fr);gap:2.5rem}
.split>nav{position:sticky;top:1rem;align-self:start;max-height:calc(100vh - 2rem);overflow-y:auto;font-size:.9rem}
.split>nav ol{list-style:none;padding:0;margin:0}
.split>nav li{border-bottom:1px solid var(--line);padding:.3rem 0;margin:0}
.split>nav a{display:flex;flex-wrap:wrap;gap:0 .5em;overflow-wrap:anywhere;text-decoration:none;color:inherit}
.split.right{grid-template-columns:minmax(0,1fr) 14rem}
.split.right>nav{position:static;max-height:none}
.row+.hint{margin-top:.35rem}
.right h3{font-family:inherit;margin:1rem 0 .1rem}
mark{background:none;color:inherit;font-weight:600;border-bottom:2px solid var(--ochre)}
.card{border-top:3px solid var(--c);padding:.9rem 0 1.4rem;margin:0 0 1rem;scroll-margin-top:1rem}
.card h2,.card h3{border:0;padding:0;margin:.1rem 0 .3rem;font-size:1.15rem}
.card .says{font:500 1.15rem/1.75 var(--serif);margin:.5rem 0 .75rem}
.card .mark{font-size:1.1rem}
.next{border:1px solid var(--line);padding:.55rem .9rem;max-width:44rem;margin:.75rem 0}
.next b{display:block;font-size:.8rem;color:var(--faint)}
.aside{border-left:2px solid var(--line);padding-left:.9rem;max-width:44rem;margin:.75rem 0;font-size:.9rem}
dl.facts{display:grid;grid-template-columns:minmax(6.5rem,max-content) minmax(0,1fr);gap:.3rem 1.25rem;margin:.75rem 0;max-width:48rem}
dl.facts dt{font-size:.875rem;font-weight:600;padding-top:.1rem}
dl.facts dd{margin:0}
dl.facts ul{padding:0;margin:0;list-style:none}

.scroll{overflow-x:auto;max-width:100%}
.scroll>.pic{min-width:34rem}
.scroll>.wide{min-width:46rem}
${pictureRulesOnPages}
table{border-collapse:collapse;width:100%;margin:.75rem 0;font-size:.95rem}
caption{text-align:left;font-size:.875rem;color:var(--faint);padding-bottom:.35rem}
th,td{text-align:left;vertical-align:top;padding:.5rem .9rem .5rem 0;border-bottom:1px solid var(--line)}
thead th{font-size:.875rem;border-bottom-color:var(--edge)}
tbody th{font-weight:600}
.grid{min-width:38rem}
.grid a{text-decoration:none}
.grid a:hover{text-decoration:underline}
th.num,td.num{white-space:nowrap}
.certificate table{table-layout:fixed}.certificate td.num{white-space:normal}
.rows td{overflow-wrap:anywhere}
.tight td,.tight th{padding-top:.3rem;padding-bottom:.3rem;font-size:.875rem}
.clauses{width:17rem}
.clauses a{white-space:nowrap}
.events{list-style:none;padding:0}
.events li{display:grid;grid-template-columns:9.5rem minmax(0,1fr);gap:0 1rem;border-bottom:1px solid var(--line);padding:.45rem 0;margin:0}
.legal{max-width:44rem}
.legal .clause{display:grid;grid-template-columns:6rem minmax(0,1fr);margin:.7rem 0;scroll-margin-top:1rem}
.legal .clause p{margin:0}
.legal .clause>a{text-decoration:none;color:var(--faint);font-size:.875rem;font-variant-numeric:tabular-nums;padding-top:.1rem}
.legal .clause>a:hover{text-decoration:underline}
.legal .clause:target{background:var(--wash);outline:.5rem solid var(--wash)}
.legal h3 {margin-top:2rem}
.op{padding:.5rem 0 1.25rem;scroll-margin-top:1rem}
.op h3{font-family:var(--sans);margin:.75rem 0 .25rem}
.op h4{font-size:.875rem;margin:1rem 0 .25rem}
.verb{font:600 .875rem var(--mono);color:var(--indigo);margin-right:.6em}
.pages{margin:1.5rem 0}
.verdict{margin:1.5rem 0 0}
.verdict .mark{font:600 2rem/1.3 var(--serif)}
.checks{list-style:none;padding:0;max-width:48rem}
.checks li{display:grid;grid-template-columns:6.5rem 6.5rem minmax(0,1fr);gap:0 1rem;border-bottom:1px solid var(--line);padding:.45rem 0;margin:0}
.box.over{outline:2px dashed var(--indigo);outline-offset:-6px}
textarea.mono{font-size:.875rem;word-break:break-all;max-height:10rem}
video{display:block;width:100%;max-width:20rem;margin-top:1rem}
.certificate .head{display:grid;grid-template-columns:7rem minmax(0,1fr) 8rem;gap:0 1.5rem;align-items:start;margin-top:2rem}
.certificate h1{margin:0 0 .25rem}
.certificate h2{margin:1.25rem 0 .35rem;padding-top:.5rem;font-size:1.08rem}
.certificate .status .mark{font-size:1.15rem}
.certificate code{font-size:.8rem}
.seal{display:block;width:7rem;color:var(--madder)}
.code{text-align:center;line-height:1.3}
.qr svg{display:block;width:100%}
.paper{display:none}
.conditions{max-width:none}
.statement{border:1px solid var(--line);background:var(--wash);padding:.75rem 1rem}

.desk ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:.6rem 0;margin:1rem 0 0;border-bottom:1px solid var(--line);max-width:none}
.desk li{margin:0}
.desk a{text-decoration:none;display:inline-block;padding:.15rem 0}
.desk a:hover{text-decoration:underline}
.desk [aria-current]{color:var(--ink);border-bottom:2px solid var(--indigo)}
.desk+h1{margin-top:1.25rem}
.quiet{color:var(--indigo);background:none;padding:.25rem .8rem;min-height:2.25rem;font-size:.875rem;white-space:nowrap}
td details{margin:.25rem 0}
td details input,td details select{margin-bottom:.4rem}
.button{display:inline-block;font-weight:600;color:var(--paper);background:var(--indigo);padding:.55rem 1.75rem;text-decoration:none}
.button:hover{text-decoration:underline}
fieldset{border:1px solid var(--line);padding:.6rem .9rem .8rem;margin:.9rem 0 0;min-width:0}
.choice{display:flex;gap:.6em;align-items:center;font-size:1rem;font-weight:400;margin:.4rem 0 0;min-height:1.75rem}
.tight .choice{font-size:inherit;margin:0;min-height:0}
.choice input{width:1.1rem;height:1.1rem;flex:none;padding:0;margin:0}
.rows time,.rows th>.num{white-space:nowrap}
.hint{font-size:.875rem;color:var(--faint);margin:0 0 .25rem;line-height:1.5}
.plain,.terms{list-style:none;padding:0;margin:0}
.notices{list-style:none;padding:0;max-width:none}
.notices li{display:grid;grid-template-columns:9.5rem minmax(0,1fr) auto;gap:.25rem 1rem;align-items:center;border-bottom:1px solid var(--line);padding:.45rem 0;margin:0}
.danger{border-top-color:var(--madder)}

@media (max-width:48rem){
.notices li{grid-template-columns:minmax(0,1fr)}
@supports selector(:popover-open){
.menu{display:block}
.site .page{align-items:center}
.site nav:not(:popover-open){display:none}
.site nav{position:absolute;inset:3.9rem 0 auto;background:var(--paper);border-bottom:2px solid var(--indigo);padding:.25rem 1.25rem .75rem}
.site nav ul{display:block}.site nav li{border-bottom:1px solid var(--line)}.site nav a:not(.name){display:block;padding:.55rem 0}.site nav [aria-current]{border:0;font-weight:600}}
h1{font-size:1.55rem;margin-top:1.5rem}
.split,.split.right{grid-template-columns:minmax(0,1fr);gap:0}.split.right>nav{border:0;padding:0}
.split>nav{position:static;max-height:14rem;border:1px solid var(--line);padding:0 .75rem;margin-bottom:1.5rem}
.events li,.checks li{grid-template-columns:minmax(0,1fr)}
.certificate .head{grid-template-columns:minmax(0,1fr) 7rem}
.certificate .head>div:not(.code){grid-row:2;grid-column:1/3}
.code{grid-column:2}
.rows,.rows tbody,.rows tr,.rows td,.rows th{display:block}
.rows thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.rows td,.rows tbody th{border:0;padding:.1rem 0;white-space:normal;width:auto}
.rows tr{border-bottom:1px solid var(--line);padding:.6rem 0}
.rows [data-of]::before{content:attr(data-of) " ";font-size:.875rem;color:var(--faint)}
.go button{width:100%}
.button,button{padding-left:1rem;padding-right:1rem}
.quiet{white-space:normal}
.jump{display:block}
.row>.go{flex:1 1 100%}
}
@media (max-width:26rem){dl.facts{grid-template-columns:minmax(0,1fr);gap:0}dl.facts dd{margin-bottom:.5rem}.legal .clause{grid-template-columns:minmax(0,1fr)}.page{padding:0 1rem}}
@media print{:root{color-scheme:light;--paper:#fff;--ink:#000;--faint:#333;--wash:#fff;--indigo:#000;--moss:#000;--ochre:#000;--ash:#000;--madder:#000}
@page{size:A4;margin:14mm 16mm}.paper{display:block}main:has(.certificate)+.paper{display:none}
.site nav,.menu,.button,.site a:not(.name),.skip,form,.split>nav,.pages,.screen,.foot{display:none}.split{display:block}a{text-decoration:none}.card,.op,tr{break-inside:avoid}body{font-size:10.5pt}
.page{padding:0}.site .page{padding:0 0 2mm}.certificate{font-size:9.5pt;line-height:1.5}.certificate .head{grid-template-columns:26mm minmax(0,1fr) 30mm;margin-top:5mm}.certificate .head>div:not(.code){grid-row:1;grid-column:2}.code{grid-column:3}
.certificate h1{font-size:17pt}.certificate h2{margin:2.5mm 0 1mm;padding-top:1.5mm;font-size:10.5pt}.certificate p,.certificate ul,.certificate table,.certificate dl.facts{margin:1mm 0;max-width:none}.certificate code,.certificate .small{font-size:8pt}.certificate li{margin:0}
.seal{width:26mm}.certificate,.certificate *{line-height:1.5}.certificate dl.facts{gap:.5mm 5mm}.certificate dl.facts dt,.certificate td,.certificate th{font-size:9pt;padding-top:.4mm;padding-bottom:.4mm}.annex td{font-size:8.5pt}.code .small{font-size:7pt}.annex{break-before:page}}
`

/** Where the style sheet is. The address changes with its content, so that it may be cached for ever. */
export const styleAddress = `/assets/site.css?${contentHash(style)}`

/** FNV-1a: only tells versions apart. */
function contentHash(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
