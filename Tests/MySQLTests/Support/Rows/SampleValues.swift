@testable import MySQLWire

func decimal(_ text: String) throws -> Value {
  .decimal(try Decimal(text: Array(text.utf8).span.bytes))
}

func date(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
  CivilDate(year: year, month: month, day: day) ?? .zero
}

func dateTime(_ date: CivilDate, _ hour: Int, _ minute: Int, _ second: Int, _ microsecond: Int = 0) -> Value {
  .dateTime(
    CivilDateTime(date: date, hour: hour, minute: minute, second: second, microsecond: microsecond) ?? .zero)
}
