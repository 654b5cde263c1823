extension PageStyle {
  /// The look of the panel with one packet, and of small screens and paper.
  static let details = #"""
    #detail { position: sticky; top: calc(var(--bar, 3.4rem) + 0.8rem); max-height: calc(100vh - var(--bar, 3.4rem) - 1.8rem); overflow: auto; background: var(--card);
      border: 1px solid var(--line); border-radius: 12px; padding: 1.1rem 1.3rem 1.3rem; container-type: inline-size; }
    #detail h2 { margin: 0; font: 650 1.15rem var(--mono); color: var(--hue, var(--ink)); overflow-wrap: anywhere; }
    #detail.c { --hue: var(--client); } #detail.s { --hue: var(--server); } #detail.error { --hue: var(--error); }
    #detail h3 { margin: 0 0 0.45rem; font-size: 0.8rem; font-weight: 650; color: var(--soft); text-transform: uppercase;
      letter-spacing: 0.05em; }
    .says { margin: 0.3rem 0 0.5rem; font-size: 1.02rem; max-width: 75ch; }
    .facts { color: var(--soft); font-size: 0.86rem; margin: 0 0 1rem; font-variant-numeric: tabular-nums; }
    .facts span + span::before { content: " · "; }
    .beside { display: grid; gap: 1.2rem 1.6rem; }
    .beside > * { min-width: 0; }
    @container (min-width: 50rem) { .beside { grid-template-columns: minmax(0, 1fr) auto; } }
    table { border-collapse: collapse; width: 100%; font-size: 0.88rem; table-layout: fixed; }
    th:first-child { width: 36%; }
    th { text-align: left; font-weight: 600; color: var(--soft); font-size: 0.8rem; padding: 0 0.6rem 0.3rem 0; }
    td { padding: 0.28rem 0.6rem 0.28rem 0; vertical-align: top; border-top: 1px solid var(--line); }
    tr.field { cursor: default; }
    tr.field td:first-child { padding-left: 0.5rem; border-left: 4px solid var(--tint); overflow-wrap: anywhere; }
    tr.field.on td, tr.field:hover td { background: var(--faint); }
    tr.field.on td:first-child { border-left-color: var(--accent); }
    tr.field:focus-visible { outline-offset: -2px; }
    td.value { font: 0.83rem/1.5 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; }
    td.value small { display: block; font: 0.76rem/1.35 var(--sans); color: var(--soft); }
    td.value .clip { display: block; max-height: 14rem; overflow: auto; }
    .t0 { --tint: var(--t0); } .t1 { --tint: var(--t1); } .t2 { --tint: var(--t2); } .t3 { --tint: var(--t3); }
    .t4 { --tint: var(--t4); } .t5 { --tint: var(--t5); } .t6 { --tint: var(--t6); }
    .secret { color: var(--soft); }
    .dump { font: 0.8rem/1.62 var(--mono); overflow-x: auto; padding-bottom: 0.3rem; }
    .dump div { display: flex; white-space: pre; width: max-content; }
    .dump .at { color: var(--soft); width: 3.4em; user-select: none; opacity: 0.8; }
    .dump .hex { display: flex; margin-right: 1.1em; }
    .dump .hex b { font-weight: 400; padding: 0 0.22em; background: var(--tint); }
    .dump .hex b:nth-child(9) { margin-left: 0.55em; }
    .dump .hex b.none { background: none; }
    .dump .text b { font-weight: 400; background: var(--tint); display: inline-block; width: 1ch; text-align: center; }
    .dump .text b.dim { color: var(--soft); }
    .dump b.hidden { background: repeating-linear-gradient(135deg, var(--tint) 0 3px, transparent 3px 6px); color: var(--soft); }
    .dump b.on { background: var(--mark); color: var(--ink); box-shadow: 0 -1px var(--mark), 0 1px var(--mark); }
    .cut { color: var(--soft); font-size: 0.83rem; margin: 0.5rem 0 0; max-width: 30rem; }
    .session { margin-top: 1.3rem; padding-top: 1rem; border-top: 1px solid var(--line); }
    .session dl { display: flex; flex-wrap: wrap; gap: 0.5rem 1.8rem; margin: 0; }
    .session dt { font-size: 0.76rem; color: var(--soft); } .session dd { margin: 0; font-size: 0.92rem; }
    .session .new dd { color: var(--accent); font-weight: 600; }
    .top { display: flex; gap: 1rem; align-items: baseline; justify-content: space-between; }
    .top .walk { display: flex; gap: 0.4rem; }
    .close { display: none; }
    .welcome { color: var(--soft); text-align: center; padding: 4rem 1rem; }

    @media (max-width: 1000px) {
      header { padding-inline: 1rem; } #tools { padding-inline: 1rem; position: static; }
      main { grid-template-columns: minmax(0, 1fr); padding: 0.5rem 1rem 55vh; }
      .ends { top: 0; } .close { display: block; } #detail.nothing { display: none; }
      #detail { position: fixed; inset: auto 0 0 0; top: auto; max-height: 50vh; border-radius: 14px 14px 0 0; z-index: 6;
        box-shadow: 0 -6px 24px rgb(0 0 0 / 0.18); padding-inline: 1rem; }
    }
    @media (max-width: 600px) {
      .packet, .note, .pause { grid-template-columns: 3.6rem 1fr; } .ends { grid-template-columns: 3.6rem 1fr 1fr; }
      .packet .size { display: none; } #tools input[type="search"] { width: 100%; }
    }
    @media (prefers-reduced-motion: no-preference) { .packet button, .quiet { transition: background-color 0.1s; } }
    @media (forced-colors: active) { .dump b.on { outline: 2px solid Highlight; } .packet button[aria-current="true"] { outline: 2px solid Highlight; } }
    @media print { #tools, .intro { display: none; } main { display: block; } #detail { position: static; max-height: none; } }

    """#
}
