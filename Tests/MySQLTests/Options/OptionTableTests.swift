import Testing

@testable import MySQL

@Suite(.busy) struct OptionTableTests {
  @Test(arguments: [OptionSource.url, .file])
  func noNameMeansTwoOptions(source: OptionSource) {
    let options = ConfigurationOption.all.filter { $0.sources.contains(source) }
    let names = options.flatMap(\.names)
    #expect(Set(names).count == names.count)
    #expect(options.allSatisfy { ConfigurationOption.named($0.name, in: source)?.name == $0.name })
  }
}
