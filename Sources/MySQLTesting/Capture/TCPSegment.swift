/// The part of a TCP stream that one packet carries.
struct TCPSegment {
  let source: CapturedEndpoint
  let destination: CapturedEndpoint
  let sequence: UInt32
  let acknowledgement: UInt32?
  let isSYN: Bool
  let isFIN: Bool
  let isRST: Bool
  /// The range of the captured part of the payload in the file.
  let payload: Range<Int>
  /// The size of the payload on the wire.
  let payloadCount: Int
  /// The packet's number in the capture, from one.
  let number: Int
  let time: Duration

  init(_ packet: RawSpan, _ datagram: InternetDatagram, number: Int, time: Duration) throws(NotASegment) {
    let start = datagram.payload.lowerBound
    guard
      let sourcePort = packet.integer(UInt16.self, at: start),
      let destinationPort = packet.integer(UInt16.self, at: start + 2),
      let sequence = packet.integer(UInt32.self, at: start + 4),
      let acknowledgement = packet.integer(UInt32.self, at: start + 8),
      let headerWords = packet.integer(UInt8.self, at: start + 12),
      let flags = packet.integer(UInt8.self, at: start + 13)
    else { throw .malformed }
    let payloadStart = start + Int(headerWords >> 4) * 4
    guard payloadStart >= start + 20, payloadStart <= datagram.payload.upperBound else { throw .malformed }

    source = CapturedEndpoint(address: datagram.source, port: sourcePort)
    destination = CapturedEndpoint(address: datagram.destination, port: destinationPort)
    self.sequence = sequence
    self.acknowledgement = flags & 0x10 != 0 ? acknowledgement : nil
    isSYN = flags & 0x02 != 0
    isFIN = flags & 0x01 != 0
    isRST = flags & 0x04 != 0
    payloadCount = datagram.payload.upperBound - payloadStart
    let capturedEnd = min(datagram.payload.upperBound, packet.byteCount)
    payload = min(payloadStart, capturedEnd)..<capturedEnd
    self.number = number
    self.time = time
  }
}

/// Why a packet holds no TCP segment to read.
enum NotASegment: Error {
  case fragment, notTCP, malformed
}
