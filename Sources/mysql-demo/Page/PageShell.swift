import MySQLTesting

/// The page before any connection or packet: its text, its style and its script.
enum PageShell {
  static func text(title: String) -> String {
    // Text from others is never run: only elements with this nonce are, and each page has another.
    let nonce = (0..<2).map { _ in String(UInt64.random(in: .min ... .max), radix: 16) }.joined()
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-\(nonce)'; \
      script-src 'nonce-\(nonce)'; base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(escaped(title))</title>
      <style nonce="\(nonce)">
      \(PageStyle.text)\(PageStyle.details)</style>
      </head>
      <body>
      \(header(title))\(tools)\(panels)<script type="application/json" id="guide">
      """ + guide + """
        </script>
        <script nonce="\(nonce)">
        "use strict";
        \(PageScript.text)\(PageScript.details)\(PageScript.filters)</script>

        """
  }

  private static func header(_ title: String) -> String {
    """
    <a class="skip" href="#list">Skip to the packets</a>
    <header>
    <h1>\(escaped(title))</h1>
    <p id="summary" class="summary"></p>
    <details class="intro" open>
    <summary>How to read this page</summary>
    <div class="columns">
    <p><strong>A conversation.</strong> A program (the <span class="client">client</span>) and a database (the
    <span class="server">server</span>) talk over one connection, in packets. Time runs from top to bottom. Each arrow
    is a packet, and points to the side that receives it.</p>
    <p><strong>Question and answer.</strong> The server greets the client, the client logs in, and then it sends one
    command after another. The server replies to each with one or more packets: OK, an error, or a result with its
    columns and rows. The pills between the arrows say how the session changes on the way.</p>
    <p><strong>Bytes.</strong> Choose a packet to see what it does, what it consists of, and its bytes. Point at a field
    to see its bytes, or at a byte to see its field. Passwords, and what is derived from them, are shown as •••, and
    their bytes are not in this page.</p>
    <p><strong>Keyboard.</strong> <kbd>↑</kbd> <kbd>↓</kbd> go from packet to packet, <kbd>→</kbd> to the fields of the
    packet, <kbd>←</kbd> back, <kbd>/</kbd> to the search. The address of this page keeps filters and packet, so that
    you can send it to somebody.</p>
    </div>
    </details>
    </header>
    <noscript><p class="empty">This page needs JavaScript to draw the packets. It loads nothing from elsewhere.</p></noscript>

    """
  }

  private static let tools = """
    <form id="tools" role="search" aria-label="Filters">
    <label>Search <input type="search" id="text" placeholder="text in any field" autocomplete="off" spellcheck="false"></label>
    <label>Kind <select id="kind"></select></label>
    <fieldset><legend>From</legend>
    <label><input type="radio" name="from" value="" checked><span>both</span></label>
    <label><input type="radio" name="from" value="client"><span>client</span></label>
    <label><input type="radio" name="from" value="server"><span>server</span></label>
    </fieldset>
    <label id="which">Connection <select id="connection"></select></label>
    <button type="button" id="reset">Show all</button>
    <output id="status" role="status" aria-live="polite"></output>
    </form>

    """

  private static let panels = """
    <main>
    <section class="diagram" aria-label="Packets">
    <ol id="list" role="list" tabindex="-1"></ol>
    <button type="button" id="more" hidden></button>
    </section>
    <section id="detail" aria-label="The packet that is chosen"></section>
    </main>

    """

  /// What each kind does and how each form of field is written.
  private static var guide: String {
    var all = JSONLine()
    all.add("kinds") { kinds in
      for (kind, sentence) in PacketGuide.sentences { kinds.add(kind, sentence) }
    }
    all.add("forms", PacketField.Form.allCases.map { PacketGuide.words(for: $0) })
    return String(decoding: all.ended, as: UTF8.self)
  }

  static func escaped(_ text: String) -> String {
    var result = ""
    for character in VisibleText.of(text) {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.append(character)
      }
    }
    return result
  }
}
