/// A stretch of text in one font, at one size and height.
struct Run: Equatable {
  var text: String
  var isItalic = false
  var isSerif = false
  /// Size relative to the label's.
  var scale = 1.0
  /// Height of the baseline above the label's, in ems of the label.
  var rise = 0.0
  /// Shift to the right before the text, in ems of the label: a superscript goes back over its subscript.
  var kern = 0.0

  /// Width in ems of the label, without the kern.
  func width(isBold: Bool) -> Double {
    scale * FontMetrics.width(of: text, isBold: isBold)
  }
}

/// A label ready to be set: runs from left to right on one line.
struct RichText: Equatable {
  var runs: [Run]
  var isBold = false

  /// Width in ems.
  var width: Double {
    runs.reduce(0) { $0 + $1.kern + $1.width(isBold: isBold) }
  }

  /// The size at which the label is no wider than `room`, at most `size`.
  func size(_ size: Double, fitting room: Double) -> Double {
    width > 0 ? min(size, room / width) : size
  }

  /// The label broken at its spaces into lines no wider than `room` ems where its words allow it.
  func lines(fitting room: Double) -> [RichText] {
    guard width > room else { return [self] }
    var words: [[Run]] = [[]]
    for run in runs {
      let parts = run.text.split(separator: " ", omittingEmptySubsequences: false)
      for (index, part) in parts.enumerated() {
        if index > 0 { words.append([]) }
        var piece = run
        piece.text = String(part)
        if index > 0 { piece.kern = 0 }
        words[words.count - 1].append(piece)
      }
    }
    var lines: [RichText] = []
    for word in words {
      let alone = RichText(runs: word, isBold: isBold)
      guard let last = lines.last else {
        lines = [alone]
        continue
      }
      let longer = RichText(runs: last.runs + [Run(text: " ")] + word, isBold: isBold)
      if longer.width <= room {
        lines[lines.count - 1] = longer
      } else {
        lines.append(alone)
      }
    }
    return lines
  }

  /// The label as words, for alternative text: scripts as `_x`, `^x`.
  var plain: String {
    runs.map { run in
      run.rise > 0 ? "^\(run.text)" : run.rise < 0 ? "_\(run.text)" : run.text
    }.joined()
  }

  /// Reads a label in which `$...$` holds TeX and `\$` is a dollar.
  init(_ label: String, isBold: Bool = false) throws(PlotError) {
    self.isBold = isBold
    runs = []
    guard label.unicodeScalars.count <= Self.longest else {
      throw .invalidLabel(
        label: "\(label.prefix(40))...",
        detail: "it is longer than \(Self.longest) characters: shorten it")
    }
    var text = ""
    var formula: String?
    var isEscaped = false
    for character in label {
      if isEscaped {
        isEscaped = false
        if character == "$" && formula == nil {
          text.append("$")
        } else {
          if formula == nil {
            text.append("\\\(character)")
          } else {
            formula?.append("\\\(character)")
          }
        }
      } else if character == "\\" {
        isEscaped = true
      } else if character == "$" {
        if let tex = formula {
          var parser = TeXParser(tex, of: label)
          runs += try parser.runs()
          formula = nil
        } else {
          flush(&text)
          formula = ""
        }
      } else if formula != nil {
        formula?.append(character)
      } else {
        text.append(character)
      }
    }
    if isEscaped { text.append("\\") }
    guard formula == nil else {
      throw .invalidLabel(
        label: label, detail: "a $ opens TeX that no $ closes: write \\$ for a dollar")
    }
    flush(&text)
    merge()
  }

  /// A number already split into runs.
  init(runs: [Run], isBold: Bool = false) {
    self.runs = runs
    self.isBold = isBold
    merge()
  }

  private static let longest = 300

  private mutating func flush(_ text: inout String) {
    // Control characters have no glyph and no place in XML.
    let visible = String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }
          .filter { ![0xFFFE, 0xFFFF].contains($0.value) }))
    if !visible.isEmpty { runs.append(Run(text: visible)) }
    text = ""
  }

  /// Joins neighbours that look the same.
  private mutating func merge() {
    var merged: [Run] = []
    for run in runs where !run.text.isEmpty || run.kern != 0 {
      if var last = merged.last, run.kern == 0, last.isItalic == run.isItalic,
        last.isSerif == run.isSerif, last.scale == run.scale, last.rise == run.rise
      {
        last.text += run.text
        merged[merged.count - 1] = last
      } else {
        merged.append(run)
      }
    }
    runs = merged
  }
}
