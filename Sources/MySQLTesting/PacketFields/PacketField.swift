/// A field of a packet, and the bytes that it takes.
package struct PacketField: Sendable, Equatable {
  package var name: String
  package var form: Form
  /// The content as text, with `•••` in place of a secret.
  package var value: String
  /// Where the field is, counted from the beginning of the packet's header. Empty for a value that takes no byte.
  package var bytes: Range<Int>
  /// Whether the field, or a part of it, is a secret.
  package var isSecret = false

  /// How a field is written.
  package enum Form: String, Sendable, CaseIterable {
    case integer, lengthEncodedInteger, flags, fixedBytes, filler
    /// Text, or other bytes, after their length.
    case lengthEncodedBytes
    case nullTerminated
    /// Everything up to the end of the packet.
    case rest
    case bitmap
    /// A value in the binary form of its type.
    case binaryValue
    case null
    /// Several fields that are not taken apart.
    case several
  }
}

/// What a packet consists of: its bytes and its fields. It is an object, to keep the packets without it small.
package final class PacketContents: Sendable {
  /// The number of bytes and of fields that are kept of a packet.
  package static let mostBytes = 1024
  package static let mostFields = 256

  /// The first bytes, with the header. Those of secrets are zero.
  package let bytes: [UInt8]
  /// Where the secrets are. They lie within `bytes`.
  package let secrets: [Range<Int>]
  /// The size of the whole packet, with its header.
  package let size: Int
  /// The fields in the order of their bytes. Together they cover the packet, unless some are left out.
  package let fields: [PacketField]
  /// How many further fields there are.
  package let fieldsLeftOut: Int
  /// The session after the packet.
  package let session: SessionState

  /// - Parameters:
  ///   - payload: The first bytes of the payload, or all of them.
  ///   - size: The size of the header and the whole payload.
  init(
    header: [UInt8], payload: ArraySlice<UInt8>, size: Int, _ reader: FieldReader, _ session: SessionState
  ) {
    var bytes = header + payload.prefix(max(0, Self.mostBytes - header.count))
    let shown = 0..<bytes.count
    secrets = reader.secrets.map { $0.clamped(to: shown) }.filter { !$0.isEmpty }
    for range in secrets { for index in range { bytes[index] = 0 } }
    self.bytes = bytes
    self.size = size
    fields = reader.fields
    fieldsLeftOut = reader.fieldsLeftOut
    self.session = session
  }
}

extension PacketContents: Equatable {
  package static func == (left: PacketContents, right: PacketContents) -> Bool {
    (left.bytes, left.secrets, left.size, left.fields, left.fieldsLeftOut, left.session)
      == (right.bytes, right.secrets, right.size, right.fields, right.fieldsLeftOut, right.session)
  }
}
