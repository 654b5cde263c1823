/// Returns the XOR of the bytes and the mask, which is repeated as often as needed.
func xor(_ bytes: [UInt8], _ mask: [UInt8]) -> [UInt8] {
  bytes.indices.map { bytes[$0] ^ mask[$0 % mask.count] }
}
