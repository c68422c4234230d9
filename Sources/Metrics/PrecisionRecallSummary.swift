/// Five numbers of a precision–recall curve that tables show.
public struct PrecisionRecallSummary<Value>: CustomStringConvertible
where Value: CustomStringConvertible {
  /// `alpha_1 = 1 - TV`.
  public var alpha1: Value
  /// P5, the precision `alpha_5`.
  public var precision5: Value
  /// R5, the recall `beta_0.2`.
  public var recall5: Value
  /// P20, the precision `alpha_20`.
  public var precision20: Value
  /// R20, the recall `beta_0.05`.
  public var recall20: Value

  /// All five in one line.
  public var description: String {
    "a1 \(alpha1), P5 \(precision5), R5 \(recall5), P20 \(precision20), R20 \(recall20)"
  }
}

extension PrecisionRecallSummary: Sendable where Value: Sendable {}
extension PrecisionRecallSummary: Equatable where Value: Equatable {}
extension PrecisionRecallSummary: Hashable where Value: Hashable {}
extension PrecisionRecallSummary: Encodable where Value: Encodable {}
extension PrecisionRecallSummary: Decodable where Value: Decodable {}

extension SamplePrecisionRecallCurve {
  /// The five numbers of the usual table.
  public var summary: PrecisionRecallSummary<BinnedEstimate> {
    func at(_ lambda: Double) -> SamplePrecisionRecallPoint { point(valid: lambda) }
    return PrecisionRecallSummary(
      alpha1: at(1).precision, precision5: at(5).precision, recall5: at(0.2).recall,
      precision20: at(20).precision, recall20: at(0.05).recall)
  }
}
