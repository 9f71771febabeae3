using SocialRegistry.Contracts;
using SocialRegistry.Registry.Areas;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Groups;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Import;

/// <summary>A row that was checked and may be brought in.</summary>
/// <param name="Index">Its place in the call.</param>
/// <param name="Kinds">Codes of the kinds named by the row; empty says nothing.</param>
internal sealed record ImportItem(
    int Index,
    ImportRow Row,
    RecordDraft Draft,
    KnownIdentifier? Group,
    IReadOnlyList<string> Kinds
)
{
    /// <summary>A record made of this row would be one that the caller may not know of.</summary>
    public bool IsOutside { get; init; }

    public IReadOnlyList<KnownIdentifier> Identifiers => Draft.Identifiers!;

    public static Outcome<ImportItem> Check(
        int index,
        ImportRow row,
        Catalogue catalogue,
        IdentifierReader reader,
        Caller caller,
        DateTimeOffset now,
        IAreaTree areas
    )
    {
        var draft = RecordDraft.Check(
            row.Kind,
            row.Values,
            row.Identifiers,
            null,
            null,
            catalogue,
            reader,
            caller,
            now,
            areas
        );
        if (!draft.Succeeded)
        {
            return draft.Problem;
        }

        if (row.Identifiers.Count == 0)
        {
            return RegistrantProblems.Invalid([
                new FieldProblem("identifiers", "required", "A row needs an identifier that finds it again."),
            ]);
        }

        var problems = new List<FieldProblem>();
        var kinds = MembershipKinds.Read(row.MembershipKinds, catalogue, "membershipKinds", problems);
        KnownIdentifier? group = null;
        if (row.Group is { } named)
        {
            var type = catalogue.IdentifierType(named.Type);
            if (row.Kind != RegistrantKinds.Individual)
            {
                problems.Add(new FieldProblem("group", "kind", "Only an individual belongs to a group."));
            }
            else if (type is null || type.View.Kind != RegistrantKinds.Group)
            {
                problems.Add(new FieldProblem("group.type", "unknown", "There is no such identifier type for groups."));
            }
            else if (!ReadGate.OfWriter(caller).ShowsMemberships)
            {
                problems.Add(new FieldProblem("group", "scope", "Memberships are not for this caller."));
            }
            else if ((group = reader.Read(type, named.Value)) is null)
            {
                problems.Add(
                    new FieldProblem("group.value", "pattern", "The identifier has not the form of its type.")
                );
            }
        }
        else if (row.MembershipKinds.Count > 0)
        {
            problems.Add(new FieldProblem("membershipKinds", "group", "Kinds of a membership need a group."));
        }

        return problems.Count > 0
            ? RegistrantProblems.Invalid(problems)
            : new ImportItem(index, row, draft.Value, group, kinds);
    }
}
