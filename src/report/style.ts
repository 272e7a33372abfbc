/** How drawings and reports look: the drawings' rules are the page's as well, the rest is the report's alone. */

/** Colours, and the rules of the drawings. */
export const DRAWING_STYLE = `
:root{color-scheme:light dark;
--ink:light-dark(#1b1f2a,#e9ecf3);--soft:light-dark(#596072,#a3abbd);--faint:light-dark(#e4e7ee,#333a49);
--paper:light-dark(#fff,#171b24);--ground:light-dark(#f5f6fa,#0f1219);--accent:light-dark(#4338ca,#a5b0ff);
--created:light-dark(#0f8a5f,#3ecf9a);--updated:light-dark(#3b6fd4,#7ba7ff);--unchanged:light-dark(#8b93a7,#7d869b);
--merged:light-dark(#8057c9,#b598f2);--rejected:light-dark(#c9372c,#ff8076);--pending:light-dark(#d6dae4,#3c4455);
--warn:light-dark(#9a5b00,#f0b455);--warn-ground:light-dark(#fff4de,#33280f);--shade:light-dark(#1b1f2a40,#ffffff30)}
.scroll{background:linear-gradient(90deg,var(--paper) 40%,transparent) 0/3rem 100% no-repeat local,linear-gradient(270deg,var(--paper) 40%,transparent) 100%/3rem 100% no-repeat local,linear-gradient(90deg,var(--shade),transparent) 0/1rem 100% no-repeat scroll,linear-gradient(270deg,var(--shade),transparent) 100%/1rem 100% no-repeat scroll}
.bar{display:block;width:100%;height:1.5rem;border-radius:.5rem;overflow:hidden}
.bar .ground{fill:var(--faint)}
.bar .created{fill:var(--created)}.bar .updated{fill:var(--updated)}.bar .unchanged{fill:var(--unchanged)}
.bar .merged{fill:var(--merged)}.bar .rejected{fill:var(--rejected)}.bar .pending{fill:var(--pending)}
.legend{list-style:none;margin:.9rem 0 0;padding:0;display:flex;flex-wrap:wrap;gap:.6rem 1.6rem}
.legend li{display:grid;grid-template-columns:max-content 1fr;gap:0 .45rem;align-items:baseline}
.legend b{font-size:1.35rem;font-variant-numeric:tabular-nums;line-height:1.2}
.legend .name{font-weight:600;color:var(--soft)}
.outcomes .legend .name::before{content:"";display:inline-block;width:.6rem;height:.6rem;border-radius:.2rem;margin-right:.4rem;background:var(--c)}
.legend .created{--c:var(--created)}.legend .updated{--c:var(--updated)}.legend .unchanged{--c:var(--unchanged)}
.legend .merged{--c:var(--merged)}.legend .rejected{--c:var(--rejected)}.legend .pending{--c:var(--pending)}
.legend .meaning{grid-column:1/-1;font-size:.85rem;color:var(--soft)}
.timeline{margin:0}
.timeline>svg{display:block;width:calc(100% - 2.8rem);height:11rem;margin:.6rem 0 0 2.8rem;overflow:visible}
.timeline text{font-size:.8rem;fill:var(--soft);font-variant-numeric:tabular-nums}
.timeline .limit-label{fill:var(--ink);font-weight:600;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round;paint-order:stroke}
.timeline .grid{fill:none;stroke:var(--faint);stroke-width:1;vector-effect:non-scaling-stroke}
.timeline .grid:first-child{stroke:var(--soft)}
.timeline .area{fill:var(--updated);opacity:.16}
.timeline .line{fill:none;stroke:var(--updated);stroke-width:2;vector-effect:non-scaling-stroke}
.timeline .limit{fill:none;stroke:var(--ink);stroke-width:1.5;stroke-dasharray:6 4;vector-effect:non-scaling-stroke}
.timeline .pause{fill:var(--warn);opacity:.2}
.timeline .mark{fill:none;stroke-width:2;vector-effect:non-scaling-stroke}
.timeline .throttled{stroke:var(--rejected)}.timeline .even{stroke:var(--merged)}.timeline .stopped{stroke:var(--ink)}
.axis{margin-left:2.8rem;padding-top:.3rem}.axis svg{display:block;width:100%;height:1.2rem;overflow:visible}
@media (max-width:30rem){.axis text:nth-child(even){display:none}}
.legend.keys{font-size:.85rem;color:var(--soft);gap:.3rem 1.2rem}
.legend.keys li{display:block}
.legend.keys li::before{content:"";display:inline-block;width:1rem;height:0;border-top:3px solid var(--c,var(--updated));margin-right:.4rem;vertical-align:middle}
.legend.keys .limit{--c:var(--ink)}.legend.keys .limit::before{border-top-style:dashed}
.legend.keys .throttled{--c:var(--rejected)}.legend.keys .pause{--c:var(--warn)}.legend.keys .even{--c:var(--merged)}.legend.keys .stopped{--c:var(--ink)}
`;

export const REPORT_STYLE = `${DRAWING_STYLE}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",sans-serif;overflow-wrap:anywhere}
main{max-width:62rem;margin:0 auto;padding:1.5rem 1rem}
.part{background:var(--paper);border:1px solid var(--faint);border-radius:1rem;padding:clamp(1rem,4vw,2.25rem);margin-bottom:1.5rem}
.kind{margin:0;color:var(--soft)}
h1{font-size:clamp(1.35rem,4.5vw,2rem);line-height:1.25;margin:.3rem 0 1.2rem;text-wrap:balance;letter-spacing:-.01em}
h1::before{content:"";display:inline-block;width:.55em;height:.55em;border-radius:50%;margin-right:.4em;vertical-align:.06em;background:var(--created)}
h1.mixed::before{background:var(--warn)}h1.stopped::before{background:var(--rejected)}
h2{font-size:1.1rem;margin:2.2rem 0 .8rem}
.lead{font-size:1.05rem}
.traffic,.more,small{color:var(--soft)}
small{display:block;font-weight:400;font-size:.85rem}
.scroll{overflow-x:auto;border:1px solid var(--faint);border-radius:.6rem}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:left;vertical-align:top;padding:.5rem .75rem;border-bottom:1px solid var(--faint);min-width:4.5rem;overflow-wrap:break-word}
td code{white-space:nowrap}td:last-child:not(.number){min-width:10rem}
tbody tr:last-child>*{border-bottom:0}
tbody th{font-weight:600;min-width:11rem}
tbody th,td:last-child:not(.number){overflow-wrap:anywhere}
th .word{white-space:nowrap}
thead th{color:var(--soft);font-weight:600;background:var(--ground)}
.number{text-align:right;font-variant-numeric:tabular-nums}
.none{color:var(--soft)}
.heat1{background:color-mix(in srgb,var(--rejected) 8%,transparent)}.heat2{background:color-mix(in srgb,var(--rejected) 16%,transparent)}
.heat3{background:color-mix(in srgb,var(--rejected) 24%,transparent)}.heat4{background:color-mix(in srgb,var(--rejected) 32%,transparent)}
.left-out>*{color:var(--soft)}
code{font-family:ui-monospace,SFMono-Regular,Menlo,monospace;font-size:.92em}
pre{margin:.3rem 0 .9rem;padding:.6rem .8rem;background:var(--ground);border:1px solid var(--faint);border-radius:.5rem;white-space:pre-wrap}
.next{padding-left:1.2rem;margin:0}.press{margin:.2rem 0 0;color:var(--soft)}
.settings{display:grid;grid-template-columns:repeat(auto-fill,minmax(13rem,1fr));gap:.8rem 1.5rem;margin:0}
dt{color:var(--soft);font-size:.85rem}dd{margin:0;font-weight:500}
.warning{background:var(--warn-ground);color:var(--warn);font-weight:600;border-radius:.6rem;padding:.7rem 1rem;margin:0 0 1rem}
footer{text-align:center;color:var(--soft);font-size:.85rem;padding:0 1rem 2rem}
@media print{:root{color-scheme:light}body,.part{background:#fff}.part{border:0;padding:0}main{max-width:none;padding:0}
.scroll{overflow:visible;border:0}th,td{padding:.3rem .4rem;min-width:3.5rem}td,tbody th,td:last-child:not(.number){min-width:3.5rem;overflow-wrap:anywhere}table{font-size:.8rem}
h1{font-size:1.6rem}section,figure,tr{break-inside:avoid}section:has(table){break-inside:auto}svg,rect,path,.legend *,.heat1,.heat2,.heat3,.heat4{print-color-adjust:exact;-webkit-print-color-adjust:exact}footer{padding:1rem 0}}
`;
