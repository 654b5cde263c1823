import Foundation
import MySQLTesting
import Testing

extension Demo {
  /// The page in a browser.
  @Suite(.chromium) struct Browsing {
    private func withPage(_ names: [String], _ body: (String) throws -> Void) throws {
      let folder = try Folder()
      defer { folder.remove() }
      let file = folder.url.appendingPathComponent("page.html").path
      let run = try CommandRun.of(
        CommandRun.demo, ["decode", "--html=\(file)"] + names.map(Fixtures.capturePath))
      #expect(run.exitCode == 0)
      try body(file)
    }

    private func drawn(_ document: String) -> Int {
      document.matches(of: /data-packet="[0-9]/).count
    }

    @Test func drawsThePacketsOfACapture() throws {
      try withPage(["mariadb-cli"]) { page in
        let visit = try Chromium.visit(page)
        #expect(visit.console.isEmpty)
        #expect(drawn(visit.document) == 14)
        #expect(visit.document.contains(">14 packets</output>"))
        for text in ["logged in as app_user", "The server speaks first", "1 error", "Server version"] {
          #expect(visit.document.contains(text), "\(text)")
        }
      }
    }

    @Test func filtersByTheAddress() throws {
      let wanted: [(String, Int)] = [
        ("kind=COM_QUERY&connection=1", 2), ("text=SELEC&from=client&connection=1", 2),
        ("kind=ERR&from=client", 0), ("from=client&connection=1", 4), ("connection=1", 14),
      ]
      try withPage(["mariadb-cli", "mariadb-idle"]) { page in
        let visit = try Chromium.visit(
          page, fragment: "kind=ERR",
          running: """
            const drawn = () => document.querySelectorAll('[data-packet]').length;
            const seen = [drawn()];
            const next = (fragments) => {
              if (!fragments.length) { document.title = seen.join(); return; }
              addEventListener('hashchange', () => { seen.push(drawn()); next(fragments.slice(1)); }, { once: true });
              location.hash = fragments[0];
            };
            next([\(wanted.map { "'\($0.0)'" }.joined(separator: ", "))]);
            """)
        let counts = ["1"] + wanted.map { "\($0.1)" }
        #expect(
          visit.document.contains("<title>\(counts.joined(separator: ","))</title>"),
          "\(visit.document.prefix(600))")
        #expect(visit.console.isEmpty, "\(visit.console)")
      }
    }

    /// A field that has the focus marks its bytes, and only those; the arrow keys go on.
    @Test func aFieldMarksItsBytes() throws {
      try withPage(["mariadb-cli"]) { page in
        let visit = try Chromium.visit(
          page, fragment: "packet=1",
          running: """
            const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
            const marked = () => [...document.querySelectorAll('.dump .text b.on')].map((b) => b.textContent).join('');
            const seen = [];
            document.querySelector('[data-packet="1"]').focus();
            press('ArrowRight');
            for (let step = 0; step < 3; step += 1) press('ArrowDown');
            seen.push(document.activeElement.cells[0].textContent, marked());
            document.querySelector('.dump .text b').dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
            seen.push(document.querySelector('tr.on').cells[0].textContent);
            press('ArrowLeft');
            press('ArrowDown');
            seen.push(document.activeElement.dataset.packet, document.querySelector('#detail h2').textContent, location.hash);
            document.title = seen.join('|');
            """)
        #expect(
          visit.document.contains(
            "<title>Server version|5.5.5-10.11.19-MariaDB-0+deb12u1·|Size of the payload|2|HandshakeResponse|#packet=2</title>"
          ),
          "\(visit.document.prefix(900))")
        #expect(visit.console.isEmpty, "\(visit.console)")
      }
    }

    @Test func thousandsOfPacketsAreDrawnInParts() throws {
      try withPage(["mariadb-eof-results-binary", "mysql-eof-results-binary"]) { page in
        // All rows of one kind, which would otherwise be folded, between others.
        let visit = try Chromium.visit(page, fragment: "from=server")
        #expect(visit.document.contains("more of BinaryRow") && visit.document.contains(/Show more \([0-9]/))
        #expect((20..<1000).contains(drawn(visit.document)), "\(drawn(visit.document))")
        #expect(visit.document.contains(/<output[^>]*>[0-9],[0-9]{3} of/))
        #expect(visit.console.isEmpty, "\(visit.console)")
      }
    }

    @Test func aHostileServerRunsNothingInThePage() throws {
      let folder = try Folder()
      defer { folder.remove() }
      let file = folder.url.appendingPathComponent("wire.html").path
      let hostile =
        "</script><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
      let server = try ScriptedServer { connection in
        _ = try connection.acceptLogin()
        while true {
          if case .query = try connection.readCommand() { try connection.sendError(1064, message: hostile) }
        }
      }
      defer { server.stop() }
      let run = try CommandRun.of(
        CommandRun.demo,
        ["--no-defaults", "--url=\(server.url)", "--ssl-mode=disabled", "--wire=\(file)", "-e", hostile])
      #expect(run.exitCode == 1)
      let visit = try Chromium.visit(file, fragment: "kind=ERR&packet=5")
      #expect(visit.console.isEmpty, "\(visit.console)")
      #expect(!visit.document.contains("<title>taken") && !visit.document.contains("<img"))
      #expect(visit.document.contains("&lt;/script&gt;&lt;script&gt;document.title"))
    }

    @Test func thePictureIsNotBlankAndFollowsTheTheme() throws {
      try withPage(["mariadb-cli"]) { page in
        let light = try Chromium.picture(of: page)
        let dark = try Chromium.picture(of: page, isDark: true)
        // A sheet of this size with nothing on it has 6 kB.
        #expect(light.count > 60_000 && dark.count > 60_000, "\(light.count), \(dark.count)")
        #expect(light != dark)
      }
    }
  }
}
