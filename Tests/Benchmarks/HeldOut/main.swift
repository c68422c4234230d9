// Trains with seeds that were not used for tuning. Without arguments it prints what the lessons promise; with "recipes" it trains
// the rows of the recipes' tables, but for two losses that are not among ours, and prints both numbers beside each other: bold where
// the means differ by more than the larger of the two spreads over seeds. A number without a spread is compared to two digits.
import Glibc

let tables = [
  ("held-out", heldOutTable), ("five", fiveLambdasTable), ("changes", changesTable),
  ("dropping", droppingTable), ("flows", flowTable), ("adversarial-flows", adversarialFlowTable),
  ("lattice", latticeTable),
]
let arguments = CommandLine.arguments.dropFirst()
let unknown = arguments.dropFirst().filter { name in !tables.contains { $0.0 == name } }
guard arguments.isEmpty || arguments.first == "recipes" && unknown.isEmpty else {
  print("usage: held-out-seeds [recipes [\(tables.map(\.0).joined(separator: "|")) ...]]")
  exit(2)
}

if arguments.isEmpty {
  try tradeOff(seeds: 9001...9020)
  try cure(seeds: 9001...9010)
  try winners(seeds: 9001...9005, spline: false)
  try winners(seeds: 9001...9005, spline: true)
} else {
  var (compared, agreeing) = (0, 0)
  for (name, table) in tables where arguments.count == 1 || arguments.contains(name) {
    let counts = table.run()
    compared += counts.compared
    agreeing += counts.agreeing
  }
  print("\n\(agreeing) of \(compared) numbers agree")
}
