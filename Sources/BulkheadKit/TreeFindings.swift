/// What is to be said of the device trees that a plan's domains boot with.
struct TreeFindings {
  /// What the generated trees have to do without, and where a person's own tree differs from the plan.
  private(set) var findings: [Finding] = []
  /// Whether a person's own tree is missing or no tree at all.
  private(set) var isInputUnusable = false

  /// Makes or reads the tree of every domain; nothing without a plan.
  init(_ plan: Plan?) {
    guard let plan else { return }
    for domain in plan.domains {
      if let file = domain.declaration.deviceTree {
        check(file, of: domain, in: plan)
      } else {
        generate(for: domain, in: plan)
      }
    }
  }

  private mutating func check(_ file: Located<String>, of domain: DomainPlan, in plan: Plan) {
    do throws(InputError) {
      let help = "check the path; without device-tree: a tree is generated"
      let tree = try TreeFile.read(file.value, as: file.value, help: help)
      findings += OwnTreeCheck(tree, of: domain, in: plan).findings()
    } catch {
      findings.append(error.finding.located(at: file.span))
      isInputUnusable = true
    }
  }

  private mutating func generate(for domain: DomainPlan, in plan: Plan) {
    do throws(DomainTreeError) {
      findings += try DomainTreeWriter.write(for: domain, in: plan).findings
    } catch {
      findings.append(error.finding)
    }
  }
}
