/// The look of the page: its colours in light and dark, the head, the filters and the diagram.
enum PageStyle {
  static let text = #"""
    :root {
      color-scheme: light dark;
      --paper: #f6f7f9; --card: #ffffff; --ink: #1c2430; --soft: #566173; --line: #dde2ea; --faint: #eef1f5;
      --client: #1f5fbf; --client-wash: #e8f0fc; --server: #17724f; --server-wash: #e5f4ec;
      --error: #b3261e; --error-wash: #fcebea; --accent: #6b3fc4; --accent-wash: #f0eafb; --mark: #ffd95a;
      --t0: #dbe8fb; --t1: #dcf1e4; --t2: #fbe9d5; --t3: #ece2fa; --t4: #fae0ea; --t5: #d8f1f2; --t6: #e9ecf0;
      --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
      --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #12161c; --card: #1a2028; --ink: #e4e9f0; --soft: #9ba8ba; --line: #2d3644; --faint: #222a35;
        --client: #82b1ff; --client-wash: #1c2b45; --server: #6fd3a4; --server-wash: #17332a;
        --error: #ff938a; --error-wash: #41211f; --accent: #c3a6ff; --accent-wash: #2c2444; --mark: #8a6d00;
        --t0: #233756; --t1: #1f4033; --t2: #4a3620; --t3: #382c56; --t4: #4b2737; --t5: #1c4043; --t6: #2c3440;
      }
    }
    * { box-sizing: border-box; }
    [hidden] { display: none !important; }
    html { scroll-padding-top: 7.5rem; }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 var(--sans); }
    header { padding: 1.4rem 2rem 0.9rem; max-width: 1720px; margin: 0 auto; }
    h1 { margin: 0; font-size: 1.5rem; line-height: 1.25; font-weight: 650; letter-spacing: -0.01em; overflow-wrap: anywhere; }
    .summary { margin: 0.25rem 0 0; color: var(--soft); }
    .client { color: var(--client); } .server { color: var(--server); }
    .skip { position: absolute; left: -999rem; }
    .skip:focus { left: 1rem; top: 1rem; z-index: 9; padding: 0.5rem 1rem; background: var(--card); }
    .intro { margin-top: 0.9rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
    .intro summary { padding: 0.55rem 1rem; cursor: pointer; font-weight: 600; border-radius: 10px; }
    .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: 0 2rem; padding: 0 1rem 0.9rem; }
    .columns p { margin: 0.2rem 0; color: var(--soft); max-width: 46ch; font-size: 0.93rem; }
    .columns strong { display: block; color: var(--ink); }
    .columns .client, .columns .server { font-weight: 600; }
    kbd { font: 0.85em var(--mono); padding: 0.05em 0.4em; border: 1px solid var(--line); border-bottom-width: 2px;
      border-radius: 4px; background: var(--faint); color: var(--ink); }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    button, input, select { font: inherit; color: inherit; }

    #tools { position: sticky; top: 0; z-index: 5; display: flex; flex-wrap: wrap; gap: 0.5rem 1.2rem; align-items: center;
      padding: 0.6rem max(2rem, calc((100% - 1720px) / 2 + 2rem)); background: var(--card); border-block: 1px solid var(--line); }
    #tools label, #tools fieldset { color: var(--soft); font-size: 0.88rem; display: flex; gap: 0.5rem; align-items: center; }
    #tools input[type="search"], #tools select, .quiet, #reset, #more {
      padding: 0.3rem 0.6rem; border: 1px solid var(--line); border-radius: 7px; background: var(--paper); color: var(--ink);
      font-size: 0.93rem; }
    #tools input[type="search"] { width: 13rem; } #tools select { max-width: 13rem; }
    fieldset { border: 0; margin: 0; padding: 0; } legend { float: left; padding: 0; }
    fieldset { --radius: 7px; }
    fieldset label { gap: 0 !important; }
    fieldset input { position: absolute; opacity: 0; }
    fieldset label span { padding: 0.3rem 0.75rem; border: 1px solid var(--line); margin-left: -1px; background: var(--paper);
      color: var(--ink); cursor: pointer; font-size: 0.93rem; }
    fieldset label:first-of-type span { border-radius: var(--radius) 0 0 var(--radius); }
    fieldset label:last-of-type span { border-radius: 0 var(--radius) var(--radius) 0; }
    fieldset label { margin-left: -0.5rem; } fieldset label:first-of-type { margin-left: 0; }
    fieldset input:checked + span { background: var(--accent-wash); color: var(--accent); border-color: var(--accent);
      position: relative; font-weight: 600; }
    fieldset input:focus-visible + span { outline: 2px solid var(--accent); outline-offset: 2px; }
    #status { color: var(--soft); font-size: 0.88rem; margin-left: auto; font-variant-numeric: tabular-nums; }
    button { cursor: pointer; }
    #reset:hover, #more:hover, .quiet:hover { border-color: var(--accent); color: var(--accent); }

    main { display: grid; grid-template-columns: minmax(24rem, 30%) minmax(0, 1fr); gap: 1.5rem; align-items: start;
      padding: 1rem 2rem 3rem; max-width: 1720px; margin: 0 auto; }
    #list { list-style: none; margin: 0; padding: 0; outline: none; }
    .ends { display: grid; grid-template-columns: 5.2rem 1fr 1fr; align-items: end; padding: 0.4rem 0; position: sticky;
      top: var(--bar, 3.4rem); z-index: 2; background: var(--paper); font-size: 0.88rem; }
    .ends b { display: block; font-size: 0.95rem; }
    .ends div { border-bottom: 3px solid; padding: 0 0.3rem 0.25rem; overflow-wrap: anywhere; }
    .ends .server { text-align: right; }
    .ends > span { color: var(--soft); font-size: 0.8rem; padding-bottom: 0.4rem; }

    .packet, .note, .pause { display: grid; grid-template-columns: 5.2rem 1fr; content-visibility: auto; }
    .packet { contain-intrinsic-size: auto 2.9rem; } .note, .pause { contain-intrinsic-size: auto 2rem; }
    .lane { position: relative; border-inline: 2px solid var(--line); min-width: 0; }
    .time { color: var(--soft); font-size: 0.8rem; padding: 0.33rem 0.6rem 0 0; text-align: right; white-space: nowrap;
      font-variant-numeric: tabular-nums; }
    .packet button { display: block; width: 100%; padding: 0.25rem 0.9rem 0.5rem; border: 0; background: none; text-align: left;
      border-radius: 6px; min-width: 0; }
    .packet .label { display: flex; gap: 0.6rem; align-items: baseline; min-width: 0; }
    .packet.s .label { flex-direction: row-reverse; }
    .packet .label > * { white-space: nowrap; }
    .packet b { font: 600 0.83rem var(--mono); color: var(--hue); }
    .packet .text { color: var(--soft); font-size: 0.85rem; overflow: hidden; text-overflow: ellipsis; flex: 1 1 auto;
      min-width: 0; }
    .packet.s .text { text-align: right; }
    .packet .size { color: var(--soft); font-size: 0.75rem; opacity: 0.85; font-variant-numeric: tabular-nums; }
    .packet i { display: block; height: 0; margin-top: 0.3rem; border-top: 2px solid var(--hue); position: relative; opacity: 0.75; }
    .packet i::after { content: ""; position: absolute; top: -6px; border: 5px solid transparent; }
    .packet.c { --hue: var(--client); --wash: var(--client-wash); } .packet.s { --hue: var(--server); --wash: var(--server-wash); }
    .packet.error { --hue: var(--error); --wash: var(--error-wash); }
    .packet.c i::after { right: -2px; border-right: 0; border-left: 9px solid var(--hue); }
    .packet.s i::after { left: -2px; border-left: 0; border-right: 9px solid var(--hue); }
    .packet button:hover { background: var(--faint); }
    .packet button[aria-current="true"] { background: var(--wash); }
    .packet button[aria-current="true"] i { opacity: 1; }
    .packet button[aria-current="true"] .text { color: var(--ink); }
    .begins { padding-top: 0.55rem; } .begins > .time { padding-top: 0.33rem; } .begins > .lane { margin-top: -0.55rem; padding-top: 0.55rem; }
    .note .lane { display: flex; flex-wrap: wrap; justify-content: center; gap: 0.35rem; padding: 0.15rem 1rem 0.45rem; }
    .pill { font-size: 0.78rem; padding: 0.08rem 0.7rem; border-radius: 1rem; background: var(--accent-wash); color: var(--accent); }
    .pause .lane { text-align: center; font-size: 0.78rem; color: var(--soft); padding: 0.3rem; border-inline-style: dashed; }
    .fold .lane { text-align: center; padding: 0.2rem 0 0.5rem; }
    .quiet { font-size: 0.83rem; padding: 0.15rem 0.8rem; background: var(--card); }
    .fold button { display: inline-block; width: auto; }
    #more { display: block; margin: 1rem auto 0; }
    .empty { text-align: center; color: var(--soft); padding: 3rem 1rem; }

    """#
}
