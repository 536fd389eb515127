/**
 * Sends the file with its progress and takes one that is dropped; follows an import while it is worked on. The pages work
 * without it: the form is a form, and the page renews itself.
 */
const script = `const form=document.querySelector('form[data-drop]')
if(form){
const input=form.querySelector('input[type=file]'),button=form.querySelector('button'),box=form.closest('.box')
const bar=document.getElementById('sending'),said=document.getElementById('sent')
form.querySelector('[data-hint]').hidden=false
const say=text=>{said.textContent=text;said.hidden=text===''}
const over=on=>event=>{event.preventDefault();box.classList.toggle('over',on)}
for(const name of ['dragenter','dragover'])box.addEventListener(name,over(true))
box.addEventListener('dragleave',over(false))
box.addEventListener('drop',event=>{over(false)(event)
if(event.dataTransfer.files.length!==1)return
input.files=event.dataTransfer.files
if(form.reportValidity())form.requestSubmit()})
const again=text=>{button.disabled=false;bar.hidden=true;say(text)}
form.addEventListener('submit',event=>{
const file=input.files[0]
if(!file)return
event.preventDefault()
if(file.size>Number(form.dataset.max))return again(form.dataset.large)
const request=new XMLHttpRequest()
request.open('POST',form.action)
button.disabled=true;bar.hidden=false;bar.value=0
request.upload.onprogress=({loaded,total})=>{bar.value=total?loaded/total:0;say(form.dataset.sending+Math.floor(bar.value*100)+'%')}
request.onload=()=>{
if(request.status<300)return location.assign(request.responseURL)
const fault=new DOMParser().parseFromString(request.responseText,'text/html').getElementById('stop')
again(fault?'':form.dataset.failed)
document.getElementById('stop')?.remove()
if(fault){const shown=document.importNode(fault,true);document.querySelector('h1').after(shown);shown.focus()}}
request.onerror=()=>again(form.dataset.failed)
request.send(new FormData(form))})
addEventListener('pageshow',event=>{if(event.persisted)again('')})}
const work=document.querySelector('[data-events]')
if(work){
const bar=work.querySelector('progress'),left=work.querySelector('[data-left]'),title=document.title
const here=()=>location.replace(work.dataset.here)
const count=new Intl.NumberFormat(document.documentElement.lang)
const show=({state,counts,progress})=>{
if(state!==work.dataset.state)return here()
const done=state==='committing'?progress.rowsEnrolled/Math.max(1,counts.rows):progress.bytesRead/Math.max(1,bar.dataset.bytes)
bar.value=Math.min(1,done)
document.title=Math.floor(bar.value*100)+'% '+title
const values={...counts,read:progress.rowsRead,enrolled:progress.rowsEnrolled??0}
for(const place of work.querySelectorAll('[data-count]'))place.textContent=count.format(values[place.dataset.count]??0)
left.textContent=progress.secondsLeft===null?'':left.dataset.left.replace('{seconds}',count.format(progress.secondsLeft))}
const source=new EventSource(work.dataset.events)
source.addEventListener('progress',event=>show(JSON.parse(event.data)))
source.addEventListener('rest',()=>{source.close();here()})
source.onerror=()=>{if(source.readyState===2)setTimeout(here,5000)}}
`

export const importScript = script

/** FNV-1a: only tells versions apart. */
function contentHash(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}

/** The address changes with the content, so that it may be cached for ever. */
export const importScriptAddress = `/assets/imports.js?${contentHash(script)}`
