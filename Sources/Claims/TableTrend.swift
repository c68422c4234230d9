public import Distributions

/// The rank correlations of lambda with the precision and with the recall of one published table.
public struct TableTrend: Sendable {
  /// The data set.
  public let name: String
  /// Of lambda and precision.
  public let precision: RankCorrelation
  /// Of lambda and recall.
  public let recall: RankCorrelation

  /// The correlations of a table's lambda rows.
  ///
  /// - Throws: `ParameterError` when there are fewer than two.
  public init(_ table: PublishedTable) throws(ParameterError) {
    let rows = table.lambdaRows
    name = table.dataSet
    precision = try RankCorrelation(rows.map(\.lambda), rows.map(\.row.precision))
    recall = try RankCorrelation(rows.map(\.lambda), rows.map(\.row.recall))
  }

  /// The trends of the four tables that vary lambda.
  public static var all: [TableTrend] {
    get throws(ParameterError) {
      var trends: [TableTrend] = []
      for table in PublishedTable.all { trends.append(try TableTrend(table)) }
      return trends
    }
  }

  /// The two-sided probabilities of a sum of the four scores as far from 0, were lambda without effect.
  ///
  /// The arrangements of different tables are independent, so the distribution of the sum is a convolution.
  public static func pooled() throws(ParameterError) -> (precision: Rational, recall: Rational) {
    let trends = try all
    func probability(_ column: (TableTrend) -> RankCorrelation) -> Rational {
      let columns = trends.map(column)
      let sum = columns.dropFirst().reduce(columns[0].distribution) { $0 + $1.distribution }
      return sum.pValues(of: columns.reduce(0) { $0 + $1.score }).twoSided
    }
    return (probability(\.precision), probability(\.recall))
  }

  /// The coefficient and its p-value, for example "+0.61 (0.025)".
  public var precisionText: String { Self.text(precision) }
  /// The coefficient and its p-value, for example "-0.78 (0.002)".
  public var recallText: String { Self.text(recall) }

  private static func text(_ correlation: RankCorrelation) -> String {
    let tau = correlation.tau ?? 0
    return "\(tau < 0 ? "" : "+")\(tau.decimals(2)) "
      + "(\(Double(correlation.pValues.twoSided).decimals(3)))"
  }
}
