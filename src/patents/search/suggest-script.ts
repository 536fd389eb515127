/** Fills a `datalist` under the search input while somebody types. The page works without it. */
export const suggestScript = `const input=document.querySelector('input[list="suggestions"]')
const list=document.getElementById('suggestions')
let timer,asked=''
input?.addEventListener('input',()=>{clearTimeout(timer);timer=setTimeout(async()=>{
const q=input.value.trim()
if(q===asked||q==='')return
asked=q
const answer=await fetch('/v1/suggestions?q='+encodeURIComponent(q.slice(0,100)))
if(!answer.ok||asked!==q)return
const{items}=await answer.json()
list.replaceChildren(...items.map(({text})=>{const option=document.createElement('option');option.value=text;return option}))
},150)})
`
