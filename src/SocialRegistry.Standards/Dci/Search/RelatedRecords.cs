using SocialRegistry.Contracts;
using SocialRegistry.Standards.Dci.Records;

namespace SocialRegistry.Standards.Dci.Search;

/// <summary>How many records a message may still fetch beside those it named.</summary>
internal sealed class Budget(int most)
{
    private int left = most;

    public bool Take() => left-- > 0;
}

/// <summary>A record, or none that this partner may know of.</summary>
internal readonly record struct MaybeRecord(RegistrantView? Record)
{
    public static implicit operator MaybeRecord(RegistrantView record) => new(record);
}

/// <summary>Fetches groups of persons and members of groups, each once for one purpose.</summary>
internal sealed class RelatedRecords(IRegistrants registrants, Caller caller, Budget budget)
{
    private static readonly Problem TooMany = new(
        "dci.too_many_records",
        ProblemKind.TooLarge,
        "The message would fetch more groups and members than one message may. Send fewer items."
    );

    private readonly Dictionary<(RegistrantId Id, bool WithMemberships), RegistrantView?> fetched = [];
    private readonly BesideFields beside = new(caller.Fields);

    /// <summary>The registrants of a kind that a record leads to: itself, or those on the other end of its memberships.</summary>
    public static IReadOnlyList<RegistrantId> Ids(RegistrantView view, string kind) =>
        view.Kind == kind
            ? [view.Id]
            : [.. view.Memberships.Select(m => view.Kind == RegistrantKinds.Group ? m.MemberId : m.GroupId).Distinct()];

    public async Task<Outcome<MaybeRecord>> GetAsync(
        RegistrantId id,
        bool withMemberships,
        CancellationToken cancellationToken
    )
    {
        if (fetched.TryGetValue((id, withMemberships), out var known))
        {
            return new MaybeRecord(known);
        }

        if (!budget.Take())
        {
            return TooMany;
        }

        var got = await registrants.GetAsync(
            id,
            new ReadOptions { Memberships = withMemberships },
            caller,
            cancellationToken
        );
        if (!got.Succeeded && got.Problem.Kind != ProblemKind.NotFound)
        {
            return got.Problem;
        }

        // Another record stands in the place of a merged one.
        var record = got.Value is { Status: RegistrantStatuses.Merged } ? null : got.Value;
        fetched[(id, withMemberships)] = record;
        return new MaybeRecord(record);
    }

    /// <summary>A group with what this partner may have of its members.</summary>
    public async Task<Outcome<FoundRecord>> WithMembersAsync(RegistrantView group, CancellationToken cancellationToken)
    {
        var members = new List<RegistrantView>();
        RegistrantView? head = null;
        foreach (var membership in group.Memberships)
        {
            var isHead = membership.Kinds.Contains("head");
            if (!beside.Members && !(beside.Head && isHead))
            {
                continue;
            }

            var got = await GetAsync(membership.MemberId, withMemberships: false, cancellationToken);
            if (!got.Succeeded)
            {
                return got.Problem;
            }

            if (got.Value.Record is { } member)
            {
                members.Add(member);
                head = isHead ? member : head;
            }
        }

        return new FoundRecord(group)
        {
            Members = beside.Members ? members : null,
            Head = beside.Head ? head : null,
            Size = beside.Size ? group.Memberships.Count : null,
        };
    }
}
