using SocialRegistry.Contracts;
using SocialRegistry.Standards.Dci.Records;

namespace SocialRegistry.Standards.Dci.Search;

/// <summary>How many records a message may still fetch beside those it named.</summary>
internal sealed class Budget(int most)
{
    private int left = most;

    public bool Take() => left-- > 0;

    /// <summary>True when so many would be too many.</summary>
    public bool IsExceededBy(int count) => count > left;
}

/// <summary>Fetches groups of persons and members of groups, each once for one purpose, as many as are asked for in one call of the core.</summary>
/// <param name="figures">True when groups are shown with what is computed of them.</param>
internal sealed class RelatedRecords(
    IRegistrants registrants,
    IGroups groups,
    Caller caller,
    Budget budget,
    bool figures
)
{
    /// <summary>Ids the core reads in one call.</summary>
    private const int MostIds = 1_000;

    /// <summary>Memberships the core lists in one call.</summary>
    private const int PageSize = 500;

    private static readonly Problem TooMany = new(
        "dci.too_many_records",
        ProblemKind.TooLarge,
        "The message would fetch more groups and members than one message may. Send fewer items."
    );

    private readonly Dictionary<(RegistrantId Id, bool WithMemberships), RegistrantView?> fetched = [];
    private readonly Dictionary<bool, List<RegistrantId>> wanted = new() { [true] = [], [false] = [] };
    private readonly BesideFields beside = new(caller.Fields);

    /// <summary>The registrants of a kind that a record leads to: itself, or those on the other end of its memberships.</summary>
    public static IReadOnlyList<RegistrantId> Ids(RegistrantView view, string kind) =>
        view.Kind == kind
            ? [view.Id]
            : [.. view.Memberships.Select(m => view.Kind == RegistrantKinds.Group ? m.MemberId : m.GroupId).Distinct()];

    /// <summary>Says that these records will be needed; a problem when they are more than the message may have.</summary>
    public Problem? Want(IEnumerable<RegistrantId> ids, bool withMemberships)
    {
        foreach (var id in ids)
        {
            if (fetched.ContainsKey((id, withMemberships)))
            {
                continue;
            }

            if (!budget.Take())
            {
                return TooMany;
            }

            fetched.Add((id, withMemberships), null);
            wanted[withMemberships].Add(id);
        }

        return null;
    }

    /// <summary>Fetches all that was said to be needed since the last time.</summary>
    public async Task<Problem?> FetchAsync(CancellationToken cancellationToken)
    {
        foreach (var (withMemberships, ids) in wanted)
        {
            foreach (var chunk in ids.Chunk(MostIds))
            {
                var got = await registrants.GetManyAsync(
                    chunk,
                    new ReadOptions { Memberships = withMemberships, Derived = withMemberships && figures },
                    caller,
                    cancellationToken
                );
                if (!got.Succeeded)
                {
                    return got.Problem;
                }

                var whole = await CompleteAsync(got.Value, cancellationToken);
                if (!whole.Succeeded)
                {
                    return whole.Problem;
                }

                foreach (var (id, view) in chunk.Zip(whole.Value))
                {
                    fetched[(id, withMemberships)] = view;
                }
            }

            ids.Clear();
        }

        return null;
    }

    /// <summary>The records with all their memberships: those of large groups come in pages. A problem when they are more than the message may fetch.</summary>
    public async Task<Outcome<IReadOnlyList<RegistrantView?>>> CompleteAsync(
        IReadOnlyList<RegistrantView?> views,
        CancellationToken cancellationToken
    )
    {
        var whole = new List<RegistrantView?>(views.Count);
        foreach (var view in views)
        {
            if (view?.MembershipsNext is null)
            {
                whole.Add(view);
                continue;
            }

            var all = view.Memberships.ToList();
            for (var next = view.MembershipsNext; next is not null; )
            {
                var page = await groups.MembershipsAsync(
                    view.Id,
                    new MembershipQuery(),
                    new PageRequest(PageSize, next),
                    caller,
                    cancellationToken
                );
                if (!page.Succeeded)
                {
                    return page.Problem;
                }

                all.AddRange(page.Value.Items);
                if (budget.IsExceededBy(all.Count))
                {
                    return TooMany;
                }

                next = page.Value.Next;
            }

            whole.Add(view with { Memberships = all, MembershipsNext = null });
        }

        return whole;
    }

    /// <summary>A record that was fetched; absent when this partner may not know of it, or another record stands in its place.</summary>
    public RegistrantView? Get(RegistrantId id, bool withMemberships) =>
        fetched.GetValueOrDefault((id, withMemberships)) is { Status: not RegistrantStatuses.Merged } record
            ? record
            : null;

    /// <summary>The members of a group that this partner may have.</summary>
    public IEnumerable<RegistrantId> MemberIds(RegistrantView group) =>
        group.Memberships.Where(m => beside.Members || (beside.Head && IsHead(m))).Select(m => m.MemberId);

    /// <summary>A group with what this partner may have of its members.</summary>
    public FoundRecord WithMembers(RegistrantView group)
    {
        var members = MemberIds(group).Select(id => Get(id, withMemberships: false)).OfType<RegistrantView>().ToList();
        var head = group.Memberships.FirstOrDefault(IsHead)?.MemberId;
        return new FoundRecord(group)
        {
            Members = beside.Members ? members : null,
            Head = beside.Head ? members.Find(m => m.Id == head) : null,
            Size = beside.Size ? Size(group) : null,
        };
    }

    /// <summary>As the core computes it; for a partner that may have the members but not the figure, as many as it sees.</summary>
    private static int Size(RegistrantView group) =>
        group.Derived.TryGetValue("group_size", out var size) ? size.GetInt32() : group.Memberships.Count;

    private static bool IsHead(MembershipView membership) => membership.Kinds.Contains("head");
}
