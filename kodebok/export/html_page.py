"""The look and the search of the web page, whole inside it: it asks nothing of a network."""

from __future__ import annotations

import base64
import hashlib

STYLE = """
:root{color-scheme:light dark;--ink:#1f2a37;--soft:#59636e;--page:#fff;--line:#d5dae0;
--tint:#f4f6f8;--mark:#ffe08a;--accent:#0072b2}
@media (prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#a0a7b0;--page:#15191e;--line:#39414a;
--tint:#1f252c;--mark:#6b5200;--accent:#56b4e9}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:72rem;padding:1.5rem;background:var(--page);color:var(--ink);
font:1rem/1.55 system-ui,sans-serif}
h1{font-size:1.6rem;margin:0 0 .25rem}
h2{font-size:1.15rem;margin:2.5rem 0 .5rem}
.soft{color:var(--soft)}
form{position:sticky;top:0;display:flex;flex-wrap:wrap;gap:.75rem;align-items:end;padding:.75rem 0;
background:var(--page);border-bottom:1px solid var(--line)}
label{display:flex;flex-direction:column;gap:.2rem;font-size:.85rem;color:var(--soft)}
input,select{font:inherit;padding:.45rem .6rem;min-width:16rem;max-width:100%;color:var(--ink);
background:var(--tint);border:1px solid var(--line);border-radius:.4rem}
input:focus,select:focus{outline:2px solid var(--accent);outline-offset:1px}
output{margin-left:auto;color:var(--soft)}
table{width:100%;border-collapse:collapse}
th{text-align:left;font-size:.85rem;color:var(--soft)}
th,td{padding:.55rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
td.words{width:60%;white-space:pre-line;overflow-wrap:anywhere}
td.code{overflow-wrap:anywhere}
.chip{display:inline-block;min-width:1.4em;padding:0 .35em;margin-right:.35em;border-radius:.3em;
text-align:center;color:#000;border:1px solid var(--line)}
dt{font-weight:600;margin-top:.6rem}
dd{margin:0 0 0 1rem;white-space:pre-line}
[hidden]{display:none}
@media (max-width:40rem){thead{display:none}tr{display:block;padding:.5rem 0;
border-bottom:1px solid var(--line)}td,td.words{display:block;width:auto;border:0;padding:.15rem 0}}
@media print{form{display:none}}
"""

# Codes are compared by their path, so that a code also shows what lies below it.
SCRIPT = """
"use strict";
const rows=[...document.querySelectorAll("#passages tbody tr")];
const texts=rows.map(row=>row.textContent.toLocaleLowerCase());
const query=document.getElementById("query");
const code=document.getElementById("code");
const count=document.getElementById("count");
function show(){
  const words=query.value.toLocaleLowerCase().split(/\\s+/).filter(Boolean);
  const wanted=code.value;
  let shown=0;
  rows.forEach((row,i)=>{
    const path=row.dataset.code;
    const fits=(!wanted||path===wanted||path.startsWith(wanted+"/"))
      &&words.every(word=>texts[i].includes(word));
    row.hidden=!fits;
    if(fits){shown+=1;}
  });
  count.textContent=shown+" / "+rows.length;
}
document.querySelector("form").addEventListener("submit",event=>event.preventDefault());
query.addEventListener("input",show);
code.addEventListener("change",show);
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
