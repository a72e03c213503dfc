/// An optional part of the architecture that a manifest can give or withhold.
public enum Feature: String, Sendable, CaseIterable {
  case pmu
  case sve
  case debug
  case pointerAuthentication = "pointer-authentication"
}
