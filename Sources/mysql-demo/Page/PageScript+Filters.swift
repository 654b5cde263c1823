extension PageScript {
  /// The filters, the page's address, the keyboard, and the start.
  static let filters = #"""
    let visible = [];
    let filter = { kind: "", from: "", text: "", connection: "" };

    function matches(packet) {
      if (filter.kind && packet.k !== filter.kind) return false;
      if (filter.from && packet.side !== filter.from) return false;
      if (filter.connection && String(packet.c) !== filter.connection) return false;
      if (!filter.text) return true;
      packet.words ??= [packet.k, packet.s, ...(packet.f ?? []).flatMap((field) => [field[0], field[2]])].join("\n").toLowerCase();
      return packet.words.includes(filter.text.toLowerCase());
    }

    /** Draws the list again for the filters. */
    function refresh({ keepsPlace = false } = {}) {
      const reach = keepsPlace ? drawn + batch : batch;
      visible = packets.filter(matches);
      visible.forEach((packet, index) => { packet.place = index; });
      arrange(visible);
      drawn = 0;
      byId("list").replaceChildren();
      drawMore(reach);
      if (!visible.length) {
        const text = packets.length ? "No packet matches. “Show all” removes the filters." : "There is no packet yet.";
        byId("list").append(make("li", { class: "empty" }, text));
      }
      byId("status").textContent = visible.length === packets.length ? count(packets.length, "packet")
        : `${visible.length.toLocaleString("en")} of ${count(packets.length, "packet")}`;
      if (!visible.includes(chosen)) chosen = null;
      const first = chosen ?? visible[0];
      rowOf(first)?.setAttribute("tabindex", "0");
      if (chosen) rowOf(chosen)?.setAttribute("aria-current", "true"); else show(null);
    }

    /** The packet at a distance in the list. */
    function neighbour(packet, by) { return visible.includes(packet) ? visible[packet.place + by] : undefined; }

    function reveal(packet) {
      const fold = items.find((item) => item.hidden?.includes(packet));
      if (fold) { unfolded.add(fold.fold); refresh({ keepsPlace: true }); }
      const index = items.findIndex((item) => item.packet === packet);
      if (index >= drawn) drawMore(index + batch);
    }

    const addressKeys = ["kind", "from", "text", "connection"];

    function writeAddress() {
      const words = new URLSearchParams();
      for (const key of addressKeys) if (filter[key]) words.set(key, filter[key]);
      if (chosen) words.set("packet", String(chosen.index));
      const address = words.size ? `#${words}` : " ";
      if (location.hash !== address) history.replaceState(null, "", words.size ? address : location.pathname + location.search);
    }

    function readAddress() {
      const words = new URLSearchParams(location.hash.slice(1));
      for (const key of addressKeys) filter[key] = words.get(key) ?? "";
      for (const key of ["kind", "text", "connection"]) byId(key).value = filter[key];
      for (const radio of document.querySelectorAll("[name=from]")) radio.checked = radio.value === filter.from;
      refresh();
      const packet = packets[Number(words.get("packet")) - 1];
      if (packet && visible.includes(packet)) {
        reveal(packet);
        choose(packet);
        rowOf(packet)?.scrollIntoView({ block: "center" });
      }
    }

    function fillChoices() {
      const numbers = new Map();
      for (const packet of packets) numbers.set(packet.k, (numbers.get(packet.k) ?? 0) + 1);
      byId("kind").append(make("option", { value: "" }, "all"),
        ...[...numbers].sort().map(([kind, number]) => make("option", { value: kind }, `${kind} (${number.toLocaleString("en")})`)));
      byId("connection").append(make("option", { value: "" }, "all"),
        ...[...connections.values()].map(({ connection, client }) => make("option", { value: String(connection) }, `${connection}: ${client}`)));
      byId("which").hidden = connections.size < 2;
      const errors = numbers.get("ERR") ?? 0;
      const bytes = packets.reduce((sum, packet) => sum + packet.z, 0);
      const lasted = packets.reduce((most, packet) => Math.max(most, packet.t), 0);
      const parts = [count(packets.length, "packet"), count(connections.size, "connection"), size(bytes)];
      if (connections.size === 1) parts.push(`${time(lasted)} from the first to the last packet`);
      const start = connections.get(1)?.start;
      if (start) parts.push(start.toISOString().replace("T", " ").replace(/\.\d+Z$/, " UTC"));
      const summary = byId("summary");
      summary.append(parts.join(" · "));
      if (errors) {
        const button = make("button", { type: "button", class: "quiet" }, count(errors, "error"));
        button.addEventListener("click", () => { filter = { kind: "ERR", from: "", text: "", connection: "" }; writeAddress(); readAddress(); });
        summary.append(" · ", button);
      }
      for (const note of notes) summary.append(make("br"), note);
    }

    function listen() {
      const set = (key, value) => { filter[key] = value; refresh(); writeAddress(); };
      let typing;
      byId("text").addEventListener("input", () => {
        clearTimeout(typing);
        typing = setTimeout(() => set("text", byId("text").value), 120);
      });
      for (const key of ["kind", "connection"]) byId(key).addEventListener("change", () => set(key, byId(key).value));
      for (const radio of document.querySelectorAll("[name=from]")) radio.addEventListener("change", () => set("from", radio.value));
      byId("tools").addEventListener("submit", (event) => event.preventDefault());
      byId("reset").addEventListener("click", () => {
        filter = { kind: "", from: "", text: "", connection: "" };
        writeAddress();
        readAddress();
      });
      byId("more").addEventListener("click", () => drawMore());
      new IntersectionObserver(([entry]) => { if (entry.isIntersecting) drawMore(); }, { rootMargin: "600px" }).observe(byId("more"));
      new ResizeObserver(() => document.documentElement.style.setProperty("--bar", `${byId("tools").offsetHeight}px`)).observe(byId("tools"));
      window.addEventListener("hashchange", readAddress);
      byId("list").addEventListener("click", (event) => {
        const row = event.target.closest("[data-packet]");
        if (row) choose(packets[Number(row.dataset.packet) - 1]);
      });
      document.addEventListener("keydown", press);
    }

    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 12, PageUp: -12, Home: -Infinity, End: Infinity };

    function press(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target, isTyping = target.matches("input[type=search], select");
      if (event.key === "/" && !isTyping) { event.preventDefault(); byId("text").focus(); return; }
      if (target.dataset?.packet) {
        const packet = packets[Number(target.dataset.packet) - 1];
        if (event.key in steps) {
          event.preventDefault();
          const next = visible[Math.max(0, Math.min(visible.length - 1, packet.place + steps[event.key]))];
          reveal(next);
          choose(next, { focuses: true });
        } else if (event.key === "ArrowRight" || event.key === "Enter") {
          event.preventDefault();
          if (chosen !== packet) choose(packet);
          const field = byId("detail").querySelector("[data-field]");
          if (field) focusField(field);
        }
      } else if (target.closest?.("#detail") && (event.key === "ArrowLeft" || event.key === "Escape")) {
        if (chosen) { event.preventDefault(); rowOf(chosen)?.focus(); }
      } else if (target.dataset?.field && event.key in steps) {
        event.preventDefault();
        const rows = [...byId("detail").querySelectorAll("tr[data-field]")];
        const next = rows[Math.max(0, Math.min(rows.length - 1, Number(target.dataset.field) + steps[event.key]))];
        target.tabIndex = -1;
        next.tabIndex = 0;
        focusField(next);
      }
    }

    document.addEventListener("DOMContentLoaded", () => {
      read();
      fillChoices();
      // A link to a packet is for readers that know the page.
      document.querySelector(".intro").open = !location.hash;
      listen();
      readAddress();
      if (!chosen && visible.length && window.matchMedia("(min-width: 1001px)").matches) choose(visible[0], { writes: false });
    });
    """#
}
