import Claims
import Distributions
import TestSupport
import Testing

@Suite("Published tables")
struct PublishedTablesTests {
  @Test("have the rows of the slides")
  func rows() {
    #expect(PublishedTable.all.map(\.dataSet) == ["CIFAR-10", "CelebA", "ImageNet", "FFHQ"])
    #expect(PublishedTable.all.map(\.printedRows.count) == [10, 10, 11, 11])
    #expect(PublishedTable.all.map(\.rows.count) == [10, 6, 11, 11])
    #expect(PublishedTable.all.map(\.lambdaRows.count) == [9, 5, 5, 5])
    #expect(PublishedTable.all.map(\.truncationRows.count) == [0, 0, 5, 5])
    #expect(PublishedTable.budgetedRejection.rows.count == 4)
    for table in PublishedTable.all {
      #expect(table.rows.first?.method == .baseline)
      let lambdas = table.lambdaRows.map(\.lambda)
      #expect(lambdas == lambdas.sorted())
    }
  }

  /// Column sums of the 2024 deck's text, a guard against a slip in any cell.
  @Test("have the column sums of the slides")
  func sums() {
    func sums(_ table: PublishedTable) -> [Int] {
      [\PublishedTable.Row.fid, \.precision, \.recall].map { column in
        table.rows.reduce(0) { $0 + Int((100 * $1[keyPath: column]).rounded()) }
      }
    }
    #expect(sums(.cifar10) == [23637, 84301, 59141])
    #expect(sums(.celebA) == [7373, 48802, 24700])
    #expect(sums(.imageNet) == [15586, 28448, 36853])
    #expect(sums(.ffhq) == [53202, 85438, 7952])
    #expect(sums(.budgetedRejection) == [689, 31256, 34594])
  }

  @Test("hold percentages")
  func ranges() {
    for table in PublishedTable.all + [.budgetedRejection] {
      for row in table.rows {
        #expect(row.fid > 0)
        #expect((0...100).contains(row.precision))
        #expect((0...100).contains(row.recall))
      }
    }
  }

  @Test("have the rank correlations of SciPy 1.17 (kendalltau, method exact)")
  func trends() throws {
    let expected: [(precision: (Double, Double), recall: (Double, Double))] = [
      ((0.611111111111111, 0.02474096119929453), (-0.7777777777777778, 0.0024250440917107582)),
      ((0.4, 0.48333333333333334), (-0.8, 0.08333333333333333)),
      ((1, 0.016666666666666666), (-0.4, 0.48333333333333334)),
      ((0.8, 0.08333333333333333), (-0.4, 0.48333333333333334)),
    ]
    for (trend, expected) in zip(try TableTrend.all, expected) {
      let columns = [(trend.precision, expected.precision), (trend.recall, expected.recall)]
      for (correlation, (tau, probability)) in columns {
        expectClose(try #require(correlation.tau), tau, relative: 1e-14)
        expectClose(Double(correlation.pValues.twoSided), probability, relative: 1e-13)
      }
    }
  }
}
