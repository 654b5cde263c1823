import MySQLWire
import Synchronization

extension ScriptedConnection {
  /// Sends recorded messages with the sequence ids that the client now expects.
  func send(renumbering recorded: [UInt8]) throws(TestServerError) {
    guard recorded.count >= PacketFramer.headerSize else { return }
    var bytes = recorded
    let shift = sequence &- bytes[3]
    var header = 0
    var last: UInt8 = 0
    while header + 3 < bytes.count {
      bytes[header + 3] &+= shift
      last = bytes[header + 3]
      let length = Int(bytes[header]) | Int(bytes[header + 1]) << 8 | Int(bytes[header + 2]) << 16
      header += PacketFramer.headerSize + length
    }
    sequence = last &+ 1
    try send(bytes)
  }

  /// Records a prepared statement that recorded bytes announce to the client.
  func notePrepared(_ statement: UInt32, parameterCount: Int) {
    state.withLock { $0.commands.prepared(statement, parameterCount: parameterCount) }
  }
}
