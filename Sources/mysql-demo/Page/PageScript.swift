/// What makes the page work. The parts follow each other in one script.
enum PageScript {
  /// Reads the packets and draws the diagram.
  static let text = #"""
    const byId = (id) => document.getElementById(id);

    /** Makes an element. Texts become text nodes, whatever is in them. */
    function make(name, properties, ...children) {
      const element = document.createElement(name);
      for (const [key, value] of Object.entries(properties ?? {})) {
        if (value === undefined || value === null) continue;
        if (key in element && typeof value !== "string") element[key] = value;
        else element.setAttribute(key, value);
      }
      element.append(...children.filter((child) => child !== null && child !== undefined));
      return element;
    }

    const connections = new Map(), packets = [], notes = [];
    let kinds = {}, forms = [];

    function read() {
      ({ kinds, forms } = JSON.parse(byId("guide").textContent));
      const states = new Map(), last = new Map();
      for (const source of document.querySelectorAll("script.event")) {
        let event;
        // The last one is cut short if the program was killed while it wrote.
        try { event = JSON.parse(source.textContent); } catch { continue; }
        if (event.note) { notes.push(event.note); continue; }
        if (event.connection) { connections.set(event.connection, { ...event, packets: [] }); continue; }
        event.before = states.get(event.c);
        event.state = event.x ?? event.before;
        states.set(event.c, event.state);
        event.gap = last.has(event.c) ? event.t - last.get(event.c) : 0;
        last.set(event.c, event.t);
        if (event.w) connections.get(event.c).start = new Date(event.w);
        event.changes = changes(event.before, event.state);
        event.side = event.d === 0 ? "client" : "server";
        event.isError = event.k === "ERR" || event.k === "malformed" || event.k === "gap";
        connections.get(event.c).packets.push(event);
      }
      for (const connection of connections.values()) {
        for (const packet of connection.packets) packet.index = packets.push(packet);
      }
    }

    /** What changed in the session, in words. */
    function changes(before, now) {
      const found = [];
      if (!now) return found;
      const was = before ?? { prepared: 0, encrypted: 0 };
      if (now.encrypted && !was.encrypted || now.phase === "encrypted" && was.phase !== "encrypted") found.push("encrypted from here");
      if (now.phase === "compressed" && was.phase !== "compressed") found.push("compressed from here");
      if (now.user !== was.user && now.user !== undefined) found.push(`logged in as ${now.user || "(nobody)"}`);
      if (now.database !== was.database) found.push(now.database ? `database ${now.database}` : "no database");
      if (now.transaction === 1 && was.transaction !== 1) found.push("a transaction begins");
      if (was.transaction === 1 && now.transaction === 0) found.push("the transaction ends");
      if (now.autocommit === 0 && was.autocommit === 1) found.push("autocommit off");
      if (now.autocommit === 1 && was.autocommit === 0) found.push("autocommit on");
      if (now.prepared > was.prepared) found.push(`${now.prepared} prepared`);
      if (now.prepared < was.prepared) found.push(now.prepared ? `${now.prepared} prepared` : "no prepared statement");
      return found;
    }

    function time(microseconds) {
      if (microseconds < 1000) return `${microseconds} µs`;
      if (microseconds < 100000) return `${(microseconds / 1000).toFixed(microseconds < 10000 ? 2 : 1)} ms`;
      if (microseconds < 1e6) return `${Math.round(microseconds / 1000)} ms`;
      if (microseconds < 6e7) return `${(microseconds / 1e6).toFixed(2)} s`;
      return `${Math.floor(microseconds / 6e7)} min ${Math.round(microseconds / 1e6) % 60} s`;
    }

    const size = (bytes) => bytes === 1 ? "1 byte" : bytes < 10000 ? `${bytes} bytes`
      : bytes < 1e7 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
    const count = (number, one, many) => `${number.toLocaleString("en")} ${number === 1 ? one : many ?? one + "s"}`;

    // What is drawn: connections, packets, what lies between them, and runs of packets that are folded.
    const batch = 300, longPause = 200000, shortestRun = 9;
    let items = [], drawn = 0, chosen = null;
    const unfolded = new Set();

    /** Lists what is to be drawn for the packets that the filters let through. */
    function arrange(visible) {
      items = [];
      let connection = null, index = 0;
      while (index < visible.length) {
        const packet = visible[index];
        if (packet.c !== connection) {
          connection = packet.c;
          items.push({ ends: connections.get(connection) });
        } else if (packet.gap >= longPause) items.push({ pause: packet.gap });
        let end = index + 1;
        while (end < visible.length && visible[end].k === packet.k && visible[end].d === packet.d
          && visible[end].c === packet.c && visible[end].changes.length === 0 && visible[end].gap < longPause) end += 1;
        const isFolded = end - index >= shortestRun && !unfolded.has(packet.index);
        for (const shown of visible.slice(index, isFolded ? index + 3 : end)) items.push({ packet: shown });
        if (isFolded) {
          items.push({ fold: packet.index, hidden: visible.slice(index + 3, end - 1) });
          items.push({ packet: visible[end - 1] });
        }
        index = end;
      }
    }

    function drawMore(upTo = drawn + batch) {
      const list = byId("list");
      const end = Math.min(items.length, upTo);
      list.append(...items.slice(drawn, end).flatMap(draw));
      drawn = Math.max(drawn, end);
      const left = items.slice(drawn).reduce((sum, item) => sum + (item.packet ? 1 : item.hidden?.length ?? 0), 0);
      byId("more").hidden = left === 0;
      byId("more").textContent = `Show more (${left.toLocaleString("en")} left)`;
    }

    function draw(item) {
      if (item.ends) return [ends(item.ends)];
      if (item.pause) return [make("li", { class: "pause" }, make("span"), make("div", { class: "lane" }, `${time(item.pause)} pass`))];
      if (item.hidden) return [fold(item)];
      const row = drawPacket(item.packet);
      return item.packet.changes.length ? [row, pills(item.packet.changes)] : [row];
    }

    function ends(connection) {
      const start = connection.start?.toISOString().replace("T", " ").replace(/\.\d+Z$/, " UTC");
      return make("li", { class: "ends" }, make("span", { title: start }, "time"),
        make("div", { class: "client" }, make("b", {}, connections.size > 1 ? `Client ${connection.connection}` : "Client"), connection.client),
        make("div", { class: "server" }, make("b", {}, "Server"), connection.server));
    }

    function fold(item) {
      const all = item.hidden;
      const button = make("button", { type: "button", class: "quiet" }, `${all.length.toLocaleString("en")} more of ${all[0].k}`);
      button.addEventListener("click", () => {
        unfolded.add(item.fold);
        refresh({ keepsPlace: true });
        rowOf(all[0])?.focus();
      });
      return make("li", { class: "pause fold" }, make("span"), make("div", { class: "lane" }, button));
    }

    const pills = (texts) => make("li", { class: "note" }, make("span"),
      make("div", { class: "lane" }, ...texts.map((text) => make("span", { class: "pill" }, text))));

    function drawPacket(packet) {
      const begins = packet.d === 0 && packet.n === 0 && packet.k.startsWith("COM_");
      const button = make("button", { type: "button", "data-packet": String(packet.index), tabindex: "-1",
        "aria-label": `Packet ${packet.index}, from the ${packet.side}: ${packet.k}. ${packet.s}` },
        make("span", { class: "label" }, make("b", {}, packet.k), make("span", { class: "text" }, packet.s),
          make("span", { class: "size" }, size(packet.z))), make("i"));
      return make("li", { class: `packet ${packet.d === 0 ? "c" : "s"}${packet.isError ? " error" : ""}${begins ? " begins" : ""}` },
        make("span", { class: "time" }, packet.t === 0 ? "0" : time(packet.t)), make("div", { class: "lane" }, button));
    }

    const rowOf = (packet) => packet && byId("list").querySelector(`[data-packet="${packet.index}"]`);

    """#
}
