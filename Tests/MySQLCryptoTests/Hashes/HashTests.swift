import MySQLCrypto
import Testing

@Suite(.busy) struct HashTests {
  @Test(arguments: HashCase.all)
  func agreesWithTheExamplesOfTheStandard(hash: HashCase) {
    #expect(hash.hash([]) == hash.empty)
    #expect(hash.hash() == hash.empty)
    #expect(hash.hash(Array("abc".utf8)) == hash.abc)
    #expect(hash.hash(Array(hash.twoBlockMessage.utf8)) == hash.twoBlocks)
  }

  @Test(arguments: HashCase.all)
  func hashesAMillionBytes(hash: HashCase) {
    #expect(hash.hash(Array(repeating: UInt8(ascii: "a"), count: 1_000_000)) == hash.millionA)
  }

  // The digest of the digests of messages of all lengths from 0 to 299, and so of every length around the end
  // of a block and of the space for the length field. Python's hashlib gives the expected digest:
  // h(b"".join(h(bytes((i * 7 + n) & 255 for i in range(n))).digest() for n in range(300))).hexdigest()
  @Test(arguments: HashCase.all)
  func padsMessagesOfEveryLength(hash: HashCase) {
    let digests = (0..<300).flatMap { count in
      hash.hash((0..<count).map { UInt8(truncatingIfNeeded: $0 * 7 + count) })
    }
    #expect(hash.hash(digests) == hash.everyLength)
  }

  @Test(arguments: HashCase.all)
  func hashesPiecesAsIfTheyWereOneMessage(hash: HashCase) {
    let message = (0..<200).map { UInt8($0) }
    for cut in message.indices {
      #expect(hash.hash(Array(message[..<cut]), [], Array(message[cut...])) == hash.hash(message))
    }
  }
}
