import MySQLCrypto
import Testing

@Suite(.busy) struct RSAEncryptionTests {
  @Test(arguments: OAEPVectors.keys)
  func encryptsThePublishedVectors(vector: OAEPVectors.Key) throws {
    let key = try vector.publicKey
    for message in vector.messages {
      #expect(try key.encryptOAEP(message.plain, seed: message.seed) == message.encrypted)
    }
  }

  @Test func encryptsWhatTheOwnerOfThePrivateKeyReadsBack() throws {
    let vector = OAEPVectors.keys[0]
    let key = try vector.publicKey
    var generator = SystemRandomNumberGenerator()
    let message = (0..<key.longestMessage).map { UInt8($0) }
    let encrypted = try key.encryptOAEP(message, using: &generator)
    #expect(decryptOAEP(encrypted, modulus: vector.modulus, exponent: vector.privateExponent) == message)
  }

  @Test func drawsAnotherSeedForEachMessage() throws {
    let key = try OAEPVectors.keys[0].publicKey
    var generator = SystemRandomNumberGenerator()
    let first = try key.encryptOAEP([1], using: &generator)
    #expect(try key.encryptOAEP([1], using: &generator) != first)
  }

  @Test func refusesAMessageThatDoesNotFitTheKey() throws {
    let key = try OAEPVectors.keys[0].publicKey
    #expect(key.longestMessage == 86)
    #expect(throws: RSAError.messageTooLong(limit: 86)) {
      try key.encryptOAEP(Array(repeating: 0, count: 87), seed: Array(repeating: 0, count: 20))
    }
  }

  @Test(arguments: [0, 19, 21]) func refusesASeedOfAnotherLength(count: Int) throws {
    let key = try OAEPVectors.keys[0].publicKey
    #expect(throws: RSAError.wrongSeedLength) {
      try key.encryptOAEP([], seed: Array(repeating: 0, count: count))
    }
  }

  // Nothing guarantees that the modulus is a product of primes, so the arithmetic must hold for every odd
  // one. The digest is of what Python's pow() makes of the same padded message.
  @Test func encryptsWhereEveryBitOfTheKeyIsSet() throws {
    let ones = [0] + [UInt8](repeating: 0xFF, count: 512)
    let key = try RSAPublicKey(der: pkcs1(modulus: ones, exponent: Array(ones[...8])))
    let encrypted = try key.encryptOAEP([1, 2, 3], seed: Array(repeating: 0xFF, count: 20))
    #expect(SHA1.hash(encrypted) == bytes("cf90640f11082a11af0211f72fdf374653037a56"))
  }
}

extension OAEPVectors.Key {
  var publicKey: RSAPublicKey {
    get throws {
      let sign: [UInt8] = modulus[0] >= 0x80 ? [0] : []
      return try RSAPublicKey(der: pkcs1(modulus: sign + modulus))
    }
  }
}
