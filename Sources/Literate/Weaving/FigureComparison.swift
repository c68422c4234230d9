/// Compares a committed figure with a fresh one.
public enum FigureComparison {
  /// What differs, in words; empty when the figures agree.
  public static func differences(committed: String, fresh: String) -> [String] {
    committed == fresh ? [] : ["the figure changed"]
  }
}
