extension PageScript {
  /// Shows one packet: what it does, its fields, its bytes, and the session after it.
  static let details = #"""
    function choose(packet, { focuses = false, writes = true } = {}) {
      rowOf(chosen)?.setAttribute("aria-current", "false");
      rowOf(chosen)?.setAttribute("tabindex", "-1");
      chosen = packet;
      const row = rowOf(packet);
      row?.setAttribute("aria-current", "true");
      row?.setAttribute("tabindex", "0");
      if (focuses) { row?.focus({ preventScroll: true }); row?.scrollIntoView({ block: "nearest" }); }
      show(packet);
      if (writes) writeAddress();
    }

    function show(packet) {
      const panel = byId("detail");
      panel.className = packet ? `${packet.d === 0 ? "c" : "s"}${packet.isError ? " error" : ""}` : "nothing";
      if (!packet) {
        panel.replaceChildren(make("p", { class: "welcome" }, "Choose a packet to see what is in it."));
        return;
      }
      const facts = [`packet ${packet.index} of ${packets.length.toLocaleString("en")}`,
        `from the ${packet.side} to the ${packet.d === 0 ? "server" : "client"}`,
        packet.t ? `${time(packet.t)} after the first` : null, packet.gap ? `${time(packet.gap)} after the packet before` : null,
        size(packet.z), packet.n === undefined ? null : `sequence number ${packet.n}`];
      panel.replaceChildren(
        make("div", { class: "top" }, make("h2", {}, packet.k), walk(packet)),
        make("p", { class: "says" }, kinds[packet.k] ?? "A packet of a kind that is not known here."),
        make("p", { class: "facts" }, ...facts.filter(Boolean).map((fact) => make("span", {}, fact))),
        packet.h === undefined ? make("p", { class: "cut" }, packet.s)
          : make("div", { class: "beside" }, fields(packet), dump(packet)),
        session(packet));
      panel.scrollTop = 0;
    }

    function walk(packet) {
      const step = (text, label, by) => {
        const button = make("button", { type: "button", class: "quiet", "aria-label": label }, text);
        button.disabled = !neighbour(packet, by);
        button.addEventListener("click", () => { const next = neighbour(packet, by); reveal(next); choose(next); });
        return button;
      };
      const close = make("button", { type: "button", class: "quiet close", "aria-label": "Close" }, "✕");
      close.addEventListener("click", () => { const row = rowOf(chosen); choose(null); row?.focus(); });
      return make("div", { class: "walk" }, step("↑", "The previous packet", -1), step("↓", "The next packet", 1), close);
    }

    const tint = (packet, index) => packet.f[index][1] === 4 || index < 2 ? "t6" : `t${index % 6}`;

    function fields(packet) {
      const rows = packet.f.map(([name, form, value, start, end, isSecret], index) => {
        const place = end === start ? "no byte of its own" : end - start === 1 ? `byte ${start}` : `bytes ${start}–${end - 1}`;
        const row = make("tr", { class: `field ${tint(packet, index)}`, tabindex: index === 0 ? "0" : "-1", "data-field": String(index) },
          make("td", { title: name }, name),
          make("td", { class: isSecret ? "value secret" : "value" }, make("span", { class: "clip" }, form === 2 ? value.replaceAll(",", ", ") : value),
            make("small", {}, `${place}: ${form === 0 && end - start === 1 ? "a number" : forms[form]}`)));
        row.addEventListener("mouseenter", () => mark(index));
        row.addEventListener("mouseleave", () => mark(focused()));
        row.addEventListener("focus", () => mark(index));
        row.addEventListener("blur", () => mark(null));
        return row;
      });
      return make("section", { "aria-label": "Fields" }, make("h3", {}, "Fields"),
        make("table", {}, make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Field"), make("th", { scope: "col" }, "Value"))),
          make("tbody", {}, ...rows)),
        packet.m ? make("p", { class: "cut" }, `${count(packet.m, "further field")} not shown.`) : null);
    }

    const focused = () => document.activeElement?.dataset?.field ?? null;

    /** Marks a field and its bytes. */
    function mark(index, scrolls = false) {
      for (const element of byId("detail").querySelectorAll(".on")) element.classList.remove("on");
      if (index === null || index === undefined) return;
      const found = byId("detail").querySelectorAll(`[data-field="${index}"], [data-of="${index}"]`);
      for (const element of found) element.classList.add("on");
      if (scrolls) found[0]?.scrollIntoView({ block: "nearest" });
    }

    /** Moves the focus to a field. As long as the window does not have it, that sends no event. */
    function focusField(row) { row.focus(); mark(row.dataset.field); }

    function dump(packet) {
      const bytes = packet.h.match(/../g) ?? [];
      const owner = new Array(bytes.length).fill(null);
      packet.f.forEach(([, , , start, end], index) => {
        for (let place = start; place < Math.min(end, bytes.length); place += 1) owner[place] = index;
      });
      const cell = (place, text, extra) => {
        const index = owner[place];
        const classes = [index === null ? "" : tint(packet, index), bytes[place] === ".." ? "hidden" : "", extra].filter(Boolean);
        return make("b", { class: classes.join(" "), "data-of": index === null ? null : String(index) }, text);
      };
      const lines = [];
      for (let start = 0; start < bytes.length; start += 16) {
        const places = Array.from({ length: 16 }, (_, index) => start + index);
        lines.push(make("div", {}, make("span", { class: "at" }, start.toString(16).padStart(4, "0")),
          make("span", { class: "hex" }, ...places.map((place) => place < bytes.length
            ? cell(place, bytes[place] === ".." ? "••" : bytes[place]) : make("b", { class: "none" }, "  "))),
          make("span", { class: "text" }, ...places.filter((place) => place < bytes.length).map((place) => {
            const code = parseInt(bytes[place], 16);
            if (bytes[place] === "..") return cell(place, "•");
            return code >= 0x20 && code < 0x7f ? cell(place, String.fromCharCode(code)) : cell(place, "·", "dim");
          }))));
      }
      const view = make("div", { class: "dump", tabindex: "0", role: "group", "aria-label": "Bytes as hexadecimal digits and as text" }, ...lines);
      view.addEventListener("mouseover", (event) => mark(event.target.dataset.of));
      view.addEventListener("mouseleave", () => mark(focused()));
      view.addEventListener("click", (event) => mark(event.target.dataset.of, true));
      const rest = packet.l - bytes.length;
      const isMasked = bytes.includes("..");
      return make("section", { "aria-label": "Bytes" }, make("h3", {}, "Bytes"), view,
        rest > 0 ? make("p", { class: "cut" }, `The first ${bytes.length.toLocaleString("en")} of ${count(packet.l, "byte")}; the rest is not in this page.`) : null,
        isMasked ? make("p", { class: "cut" }, "•• is a byte that belongs to a secret, or may. It is not in this page.") : null);
    }

    const phases = { greeting: "greeting", login: "logging in", commands: "ready for commands", encrypted: "encrypted",
      compressed: "compressed", lost: "unreadable after a gap" };

    function session(packet) {
      const { state, before } = packet;
      if (!state) return null;
      const yes = (value) => value === undefined ? undefined : value ? "yes" : "no";
      const facts = [["Phase", (s) => s.phase === "commands" && s.waiting ? "replying to a command" : phases[s.phase]], ["User", (s) => s.user], ["Database", (s) => s.database],
        ["Encrypted", (s) => yes(s.encrypted)], ["In a transaction", (s) => yes(s.transaction)],
        ["Autocommit", (s) => yes(s.autocommit)], ["Prepared statements", (s) => s.prepared],
        ["Commands without a full reply", (s) => s.waiting]];
      return make("section", { class: "session", "aria-label": "The session after this packet" },
        make("h3", {}, "The session after this packet"),
        make("dl", {}, ...facts.map(([name, value]) => make("div", { class: before && value(before) !== value(state) ? "new" : "" },
          make("dt", {}, name), make("dd", {}, String(value(state) ?? "–"))))));
    }

    """#
}
