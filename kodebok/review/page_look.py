"""The look and the working of the answering page, whole inside it: it asks nothing of a network."""

from __future__ import annotations

import base64
import hashlib

STYLE = """
:root{color-scheme:light dark;--ink:#1f2a37;--soft:#59636e;--page:#fff;--line:#d5dae0;
--tint:#f4f6f8;--mark:#ffe9b0;--accent:#0072b2;--on:#fff}
@media (prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#a0a7b0;--page:#15191e;--line:#39414a;
--tint:#1f252c;--mark:#5c4700;--accent:#56b4e9;--on:#10151a}}
*{box-sizing:border-box}
body{margin:0;height:100vh;display:flex;flex-direction:column;background:var(--page);
color:var(--ink);font:1rem/1.6 system-ui,sans-serif}
main{flex:1;overflow-y:auto;padding:1.5rem max(1.5rem,calc(50vw - 26rem)) 3rem}
h1{font-size:1.6rem;margin:0 0 .5rem}
h2{font-size:1.15rem;margin:2rem 0 .5rem}
h3{font-size:1.05rem;margin:0 0 .25rem}
.soft{color:var(--soft)}
.note{border-left:4px solid #e69f00;padding:.25rem .9rem;margin:.75rem 0;background:var(--tint);
white-space:pre-line}
article{border:1px solid var(--line);border-radius:.6rem;padding:1rem 1.2rem;margin:1.2rem 0}
article:focus-within{border-color:var(--accent);box-shadow:0 0 0 1px var(--accent)}
article:focus,button:focus-visible,input:focus,textarea:focus{outline:2px solid var(--accent);
outline-offset:2px}
article.answered h3::after{content:" ✓";color:var(--accent)}
.turn{margin:.3rem 0;color:var(--soft);white-space:pre-line}
blockquote{margin:.6rem 0;padding:0;white-space:pre-line;overflow-wrap:anywhere}
mark{background:var(--mark);color:inherit;border-radius:.2em;padding:.05em .1em}
.choices{display:flex;flex-wrap:wrap;gap:.5rem;margin:.8rem 0 .5rem}
button{font:inherit;padding:.4rem .9rem;border:1px solid var(--line);border-radius:2rem;
background:var(--tint);color:var(--ink);cursor:pointer}
button[aria-pressed=true],#save{background:var(--accent);border-color:var(--accent);
color:var(--on);font-weight:600}
label{display:block;font-size:.85rem;color:var(--soft);margin:.4rem 0}
input,textarea{display:block;font:inherit;width:100%;padding:.45rem .6rem;color:var(--ink);
background:var(--tint);border:1px solid var(--line);border-radius:.4rem}
footer{display:flex;gap:1rem;align-items:center;justify-content:center;padding:.7rem 1.5rem;
border-top:1px solid var(--line)}
table{width:100%;border-collapse:collapse}
th{text-align:left;font-size:.85rem;color:var(--soft)}
th,td{padding:.45rem .6rem;border-bottom:1px solid var(--line);vertical-align:top;
white-space:pre-line}
[hidden]{display:none}
@media print{body{height:auto;display:block}main{overflow:visible}
footer,.choices,label{display:none}}
"""

SCRIPT = """
"use strict";
const articles=[...document.querySelectorAll("article")];
const count=document.getElementById("count");
const author=document.getElementById("author");
let unsaved=false;
function uuid(){
  const b=crypto.getRandomValues(new Uint8Array(16));
  b[6]=b[6]&15|64;b[8]=b[8]&63|128;
  const h=[...b].map(x=>x.toString(16).padStart(2,"0")).join("");
  return [h.slice(0,8),h.slice(8,12),h.slice(12,16),h.slice(16,20),h.slice(20)].join("-");
}
function read(article){
  const pressed=article.querySelector("button[aria-pressed=true]");
  const text=article.querySelector("textarea").value.trim();
  const code=article.querySelector("input").value.trim();
  let kind=pressed?pressed.dataset.kind:"";
  if(!kind&&code){kind="propose";}
  if(!kind&&text){kind="comment";}
  if(kind==="comment"&&!text||kind==="propose"&&!code){kind=text?"comment":"";}
  return {kind:kind,text:text,code:kind==="propose"?code:""};
}
function changed(article){
  const answer=read(article);
  article.dataset.id=uuid();
  article.dataset.at=new Date().toISOString();
  article.classList.toggle("answered",Boolean(answer.kind));
  article.querySelector(".code").hidden=
    article.querySelector("[data-kind=propose]").getAttribute("aria-pressed")!=="true";
  unsaved=true;
  show();
}
function show(){
  const done=articles.filter(a=>read(a).kind).length;
  count.textContent=done+" / "+articles.length;
}
function press(article,kind){
  for(const button of article.querySelectorAll("button")){
    const on=button.dataset.kind===kind&&button.getAttribute("aria-pressed")!=="true";
    button.setAttribute("aria-pressed",String(on));
  }
  changed(article);
  if(kind==="propose"&&!article.querySelector(".code").hidden){
    article.querySelector("input").focus();
  }else if(kind!=="agree"){
    article.querySelector("textarea").focus();
  }
}
function answers(){
  return articles.map(article=>({article:article,answer:read(article)}))
    .filter(one=>one.answer.kind)
    .map(one=>({id:one.article.dataset.id,item:one.article.dataset.mark,kind:one.answer.kind,
      text:one.answer.text,code:one.answer.code,at:one.article.dataset.at}));
}
function save(){
  const told={schema:"kodebok.review-answers/1",package:document.body.dataset.package,
    author:author.value.trim(),answers:answers()};
  const blob=new Blob([JSON.stringify(told,null,1)],{type:"application/json"});
  const link=document.createElement("a");
  link.href=URL.createObjectURL(blob);
  link.download=document.body.dataset.file;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(()=>URL.revokeObjectURL(link.href),10000);
  unsaved=false;
}
function step(by){
  const at=articles.findIndex(a=>a.contains(document.activeElement));
  const next=articles[Math.min(articles.length-1,Math.max(0,at+by))];
  next.focus();
  next.scrollIntoView({block:"start"});
}
for(const article of articles){
  for(const button of article.querySelectorAll("button")){
    button.addEventListener("click",()=>press(article,button.dataset.kind));
  }
  article.addEventListener("input",()=>changed(article));
}
document.getElementById("save").addEventListener("click",save);
document.addEventListener("keydown",event=>{
  if(event.ctrlKey&&event.key==="s"){event.preventDefault();save();return;}
  const field=event.target.closest("input,textarea");
  if(event.key==="Escape"&&field){
    const article=field.closest("article");
    if(article){article.focus();}
    return;
  }
  if(field||event.ctrlKey||event.altKey||event.metaKey){return;}
  const article=event.target.closest("article");
  const kinds=["agree","doubt","propose","comment"];
  if(event.key==="j"){step(1);}
  else if(event.key==="k"){step(-1);}
  else if(article&&"1234".includes(event.key)){
    event.preventDefault();
    press(article,kinds[Number(event.key)-1]);
  }
});
window.addEventListener("beforeunload",event=>{if(unsaved){event.preventDefault();}});
show();
"""


def policy() -> str:
    """A Content-Security-Policy that lets in this style and this script, and nothing else."""
    style, script = (_digest(text) for text in (STYLE, SCRIPT))
    return (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
