/// A reader of the packets of a capture file, one by one, in the order of the file. The file is passed to every call,
/// since a span cannot be stored.
protocol PacketReader {
  mutating func next(in file: RawSpan) throws(CaptureError) -> CapturedPacket?

  /// Whether the file ended in the middle of a record. Final once `next` has returned nil.
  var isCutShort: Bool { get }
}

/// One record of a capture, with the range of the packet's bytes in the file.
struct CapturedPacket {
  /// The LINKTYPE_ number that says what the bytes begin with.
  var linkType: UInt16
  /// The time of capture, since 1970 in UTC.
  var time: Duration
  var bytes: Range<Int>
}
