using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Attestations;

/// <summary>The policy of a field (<see cref="AttestationPolicyView"/>), as statements meet it.</summary>
internal sealed class AttestationRule(FieldView field)
{
    private readonly AttestationPolicyView policy = field.AttestationPolicy ?? new AttestationPolicyView();

    /// <summary>True when a second person confirms.</summary>
    public bool TwoPersons => policy.TwoPersons;

    /// <summary>True when the caller acts in a role that attests this field.</summary>
    public bool Admits(Caller caller) =>
        caller.Kind == CallerKind.System || policy.Roles.Count == 0 || policy.Roles.Any(caller.Roles.Contains);

    /// <summary>What the policy has against a statement.</summary>
    public Problem? Refuse(AttestationStatement statement, Caller caller, DateOnly today)
    {
        if (!Admits(caller))
        {
            return AttestationProblems.NotForRole(field.Id, policy.Roles);
        }

        if (statement.Status != AttestationStatuses.Attested)
        {
            return null;
        }

        var problems = new List<FieldProblem>();
        if (policy.EvidenceRequired && string.IsNullOrWhiteSpace(statement.Evidence))
        {
            problems.Add(new FieldProblem("evidence", "required", "Say what was looked at: this field asks for it."));
        }

        if (policy.DocumentRequired && statement.Document is null)
        {
            problems.Add(
                new FieldProblem("document", "required", "Name the document of the record that was looked at.")
            );
        }

        if (statement.ValidUntil is { } until && Longest(today) is { } longest && until > longest)
        {
            problems.Add(
                new FieldProblem(
                    "validUntil",
                    "range",
                    $"A statement on this field holds until {longest:yyyy-MM-dd} at most."
                )
            );
        }

        return problems.Count > 0 ? AttestationProblems.Invalid(problems) : null;
    }

    /// <summary>The last day on which the statement holds; absent: until the value changes.</summary>
    public DateOnly? Until(AttestationStatement statement, DateOnly today) =>
        statement.Status == AttestationStatuses.Attested
            ? statement.ValidUntil ?? Longest(today)
            : statement.ValidUntil;

    private DateOnly? Longest(DateOnly today) => policy.ValidMonths is { } months ? today.AddMonths(months) : null;
}
