using SocialRegistry.Contracts;
using SocialRegistry.Registry.ChangeRequests;
using SocialRegistry.Registry.Groups;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Import;

/// <summary>The memberships of the groups that the rows of one transaction name, and what the rows make of them.</summary>
/// <param name="members">By group, past ones too.</param>
internal sealed class ImportMembers(
    RecordWriter writer,
    ChangeNote note,
    TimeProvider time,
    Dictionary<Guid, List<Membership>> members,
    HouseholdRule households,
    EditRules editRules,
    IReadOnlySet<string> uniqueKinds
)
{
    /// <summary>Rows that took the head from a group.</summary>
    private readonly List<(Guid Group, ImportItem Item)> demotions = [];

    /// <summary>Groups that have their next version already.</summary>
    private readonly HashSet<Guid> versioned = [];

    /// <summary>Rows that made a household of a group that was none.</summary>
    private readonly List<(Guid Group, ImportItem Item)> retyped = [];

    public bool IsHousehold(OpenRecord? record) =>
        record?.Row.Kind == RegistrantKinds.Group && households.AppliesTo(record);

    /// <summary>A group that stood before this row is a household by it.</summary>
    public void Retype(OpenRecord group, ImportItem item) => retyped.Add((group.Row.Id, item));

    /// <summary>Rows that would leave a household without a head: without the one it had, or as soon as it is one.</summary>
    public IReadOnlyList<ImportItem> HeadsTaken(IReadOnlyDictionary<Guid, OpenRecord> records) =>
        [
            .. demotions
                .Where(d => households.IsBroken(records[d.Group], true, MembersOf(d.Group).Exists(IsHead), true))
                .Select(d => d.Item),
            .. retyped
                .Where(d =>
                    households.IsBroken(
                        records[d.Group],
                        true,
                        MembersOf(d.Group).Exists(IsHead),
                        MembersOf(d.Group).Exists(m => m.IsOpen)
                    )
                )
                .Select(d => d.Item),
        ];

    /// <summary>Why the person may not join with these kinds.</summary>
    public Problem? Refused(OpenRecord group, OpenRecord? member, ImportItem item)
    {
        var open = MembersOf(group.Row.Id).Where(m => m.IsOpen).ToList();
        var mine = open.Find(m => m.MemberId == member?.Row.Id);
        if (mine is null && group.Document.Status != RegistrantStatuses.Active)
        {
            return GroupProblems.NotActive;
        }

        if (mine is null && member?.Document.Status is RegistrantStatuses.Deceased or RegistrantStatuses.Merged)
        {
            return GroupProblems.MemberNotActive;
        }

        foreach (var kind in item.Kinds.Where(k => k == Membership.Head || uniqueKinds.Contains(k)))
        {
            if (open.Exists(m => m != mine && m.KindList.Contains(kind)))
            {
                return kind == Membership.Head ? GroupProblems.HeadExists : GroupProblems.KindTaken(kind);
            }
        }

        var isHead = item.Kinds.Count == 0 ? mine?.IsHead == true : item.Kinds.Contains(Membership.Head);
        return households.IsStrict && !isHead && !open.Exists(m => m != mine && m.IsHead) && households.AppliesTo(group)
            ? GroupProblems.HeadRequired
            : Asked(group, mine, item);
    }

    /// <summary>The refusal of a membership that has to be asked for; those of a group that came with the same rows are its own.</summary>
    private Problem? Asked(OpenRecord group, Membership? mine, ImportItem item)
    {
        var stays = mine is not null && (item.Kinds.Count == 0 || mine.KindList.ToHashSet().SetEquals(item.Kinds));
        return stays || group.Row.RegisteredAt == note.Now
            ? null
            : editRules.Refuse([EditRules.Memberships], note.Caller);
    }

    /// <summary>True when the membership is new or has other kinds now.</summary>
    public bool Join(OpenRecord group, OpenRecord record, ImportItem item)
    {
        var all = MembersOf(group.Row.Id);
        var existing = all.Find(m => m.IsOpen && m.MemberId == record.Row.Id);
        if (existing is null)
        {
            var view = new MembershipView
            {
                GroupId = group.Row.RegistrantId,
                MemberId = record.Row.RegistrantId,
                Kinds = MembershipKinds.OrPlain(item.Kinds),
                // A file does not say since when; who was there before has come again today.
                StartedOn = all.Exists(m => m.MemberId == record.Row.Id) ? note.EffectiveOn : null,
            };
            var membership = new Membership(view, time);
            writer.Add(membership);
            all.Add(membership);
            MembershipLog.Write(writer, group, record, null, view, IsNewVersion(group), note);
            return true;
        }

        var before = existing.ToView();
        if (item.Kinds.Count == 0 || before.Kinds.ToHashSet().SetEquals(item.Kinds))
        {
            return false;
        }

        if (existing.IsHead && !item.Kinds.Contains(Membership.Head))
        {
            demotions.Add((group.Row.Id, item));
        }

        existing.Take(item.Kinds);
        MembershipLog.Write(writer, group, record, before, existing.ToView(), IsNewVersion(group), note);
        return true;
    }

    /// <summary>Once per group and transaction; not of a group that came with the same rows.</summary>
    private bool IsNewVersion(OpenRecord group) => group.Row.RegisteredAt != note.Now && versioned.Add(group.Row.Id);

    private static bool IsHead(Membership membership) => membership.IsHead && membership.IsOpen;

    private List<Membership> MembersOf(Guid group)
    {
        if (!members.TryGetValue(group, out var known))
        {
            members[group] = known = [];
        }

        return known;
    }
}
