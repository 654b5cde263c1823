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
      document.components(separatedBy: "data-packet=").count - 1
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
      try withPage(["mariadb-cli", "mariadb-idle"]) { page in
        for (fragment, count) in [
          ("kind=COM_QUERY&connection=1", 2), ("text=SELEC&from=client&connection=1", 2),
          ("kind=ERR&from=client", 0),
          ("from=client&connection=1", 4), ("connection=1", 14),
        ] {
          let visit = try Chromium.visit(page, fragment: fragment)
          #expect(drawn(visit.document) == count, "\(fragment)")
          #expect(visit.console.isEmpty)
        }
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
      try withPage(Fixtures.names) { page in
        let start = ContinuousClock.now
        let visit = try Chromium.visit(page)
        #expect(visit.document.contains("Show more ("))
        #expect((300..<3000).contains(drawn(visit.document)))
        #expect(visit.console.isEmpty)
        // A sanitizer does not slow the browser down.
        #expect(ContinuousClock.now - start < .seconds(30))
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
      let folder = try Folder()
      defer { folder.remove() }
      let blank = try Chromium.picture(of: try folder.write("<!DOCTYPE html><p>", "blank.html"))
      try withPage(["mariadb-cli"]) { page in
        let light = try Chromium.picture(of: page)
        let dark = try Chromium.picture(of: page, isDark: true)
        // What has text and lines is far larger than an empty sheet.
        #expect(light.count > 10 * blank.count && dark.count > 10 * blank.count)
        #expect(light != dark)
      }
    }
  }
}
