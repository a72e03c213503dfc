import Diagnostics

/// The rules that planning itself can find broken. `Rules` adds those that judge a finished plan.
public enum PartitionRules {
  /// Every rule of this module.
  public static let all: [RuleDescription] = memory + hardware + payloads + locks + channels
}
