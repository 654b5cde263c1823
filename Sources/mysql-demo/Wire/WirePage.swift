import Foundation
import MySQL
import MySQLTesting
import Synchronization

/// `--wire=FILE.html`: writes the packets of all connections to a page, as they go by.
final class WirePage: MySQLWireObserver {
  private let state: Mutex<State>
  private let server: String
  /// The start of the page by a clock that never goes back, and the time of day.
  private let start = (
    clock: ContinuousClock.now, time: Duration.seconds(Date().timeIntervalSince1970)
  )
  private struct State {
    var page: ConversationPage
    let file: PageFile
    var describers: [Int: PacketDescriber] = [:]
  }

  /// - Parameter server: What the page calls the server.
  init(_ file: sending PageFile, server: String) {
    self.server = server
    let page = ConversationPage(file.output, title: "mysql-demo with \(server)")
    page.flush()
    state = Mutex(State(page: page, file: file))
  }

  func tap() -> @Sendable (_ bytes: [UInt8], _ isFromServer: Bool) -> Void {
    let connection = state.withLock { state in
      let number = state.page.add(client: "this program", server: server)
      state.describers[number] = PacketDescriber(readsPastTLS: true, keepsContents: true)
      return number
    }
    return { bytes, isFromServer in self.add(bytes, isFromServer ? .server : .client, connection) }
  }

  private func add(_ bytes: [UInt8], _ direction: StreamDirection, _ connection: Int) {
    state.withLock { state in
      let time = start.time + start.clock.duration(to: .now)
      state.describers[connection]?.receive(bytes, from: direction) {
        state.page.add($0, connection: connection, time: time)
      }
      state.page.flush()
      state.file.reportFailure()
    }
  }
}
