import Diagnostics

/// The rules on what a manifest says, as far as they need no board; each family is in a file of its own.
public enum ManifestRules {
  /// Every rule of this module: those on YAML, on values, on references, on includes, and what is not supported yet.
  public static let all: [RuleDescription] =
    YAMLRules.all + sections + values + names + references + channelForms + joining + HealthRules.all
    + WatchdogRules.all + SupportRules.all
}
