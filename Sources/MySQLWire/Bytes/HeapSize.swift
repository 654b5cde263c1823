extension String {
  /// How much memory the text takes besides the string itself, which holds up to 15 bytes. A longer text lies in
  /// a block of its own, with a header of 32 bytes, a NUL, and what malloc adds.
  package var heapSize: Int { utf8.count > 15 ? (utf8.count + 56) & ~15 : 0 }
}
