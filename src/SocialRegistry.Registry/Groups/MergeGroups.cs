using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Groups;

/// <summary>All members of one group come into another.</summary>
internal sealed class MergeGroups(GroupWork work)
{
    public Task<Outcome<GroupChangeView>> HandleAsync(
        RegistrantId group,
        GroupMerge merge,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        work.RunAsync(
            new GroupTask("merge", [group, merge.Other], merge, command, caller),
            edit => MergeAsync(edit, group, merge, command.DryRun, cancellationToken),
            cancellationToken
        );

    private static async Task<Outcome<GroupChangeView>> MergeAsync(
        GroupEdit edit,
        RegistrantId group,
        GroupMerge merge,
        bool dryRun,
        CancellationToken cancellationToken
    )
    {
        var given = edit.Kinds(merge.Kinds, "kinds");
        if (group == merge.Other)
        {
            edit.Problems.Add(new FieldProblem("other", "same", "A group is not merged into itself."));
        }

        if (edit.Refused is { } refused)
        {
            return refused;
        }

        var (survivor, other) = (edit.Group(group), edit.Group(merge.Other));
        if (survivor.Document.Status != RegistrantStatuses.Active || other.Document.Status != RegistrantStatuses.Active)
        {
            return GroupProblems.NotActive;
        }

        // All edges before all persons: every change takes their rows in this order.
        var staying = await edit.OpenAsync(group, cancellationToken);
        var coming = await edit.OpenAsync(merge.Other, cancellationToken);
        if (!staying.Succeeded || !coming.Succeeded)
        {
            return staying.Problem ?? coming.Problem!;
        }

        var here = staying.Value.ToDictionary(m => m.MemberId);
        if (Unfit(edit, merge, given, [.. here.Keys, .. coming.Value.Select(m => m.MemberId)]) is { } unfit)
        {
            return unfit;
        }

        other.Row.MergeInto(group.Value);
        edit.SetStatus(other, RegistrantStatuses.Merged, ChangeOperations.Merged);
        foreach (var membership in staying.Value)
        {
            var kinds = given.GetValueOrDefault(membership.MemberId) ?? membership.KindList;
            edit.Change(membership, AsHead(kinds, membership.MemberId == merge.Head?.Value));
        }

        foreach (var membership in coming.Value)
        {
            edit.End(membership, edit.Note.EffectiveOn, EndReasons.Merged);
            // Who was in both stays what she is here; the dead and the archived stay behind.
            if (here.ContainsKey(membership.MemberId) || !edit.MayJoin(membership.MemberId))
            {
                continue;
            }

            var kinds =
                given.GetValueOrDefault(membership.MemberId) ?? Free(edit, membership.KindList, staying.Value, given);
            var joined = edit.Join(
                new MembershipView
                {
                    GroupId = group,
                    MemberId = new RegistrantId(membership.MemberId),
                    Kinds = AsHead(kinds, membership.MemberId == merge.Head?.Value),
                    StartedOn = edit.Note.EffectiveOn,
                }
            );
            if (!joined.Succeeded)
            {
                return joined.Problem;
            }
        }

        return edit.View(dryRun);
    }

    private static Problem? Unfit(
        GroupEdit edit,
        GroupMerge merge,
        Dictionary<Guid, IReadOnlyList<string>> given,
        HashSet<Guid> members
    )
    {
        if (merge.Head is { } head ? !members.Contains(head.Value) : edit.Groups.Any(g => edit.HadHead(g.Row.Id)))
        {
            edit.Problems.Add(new FieldProblem("head", "required", "Say which member of either is head afterwards."));
        }

        if (given.Keys.Any(id => !members.Contains(id)))
        {
            edit.Problems.Add(new FieldProblem("kinds", "not_member", "Kinds are those of members of either group."));
        }

        return edit.Refused;
    }

    private static IReadOnlyList<string> AsHead(IReadOnlyList<string> kinds, bool isHead) =>
        isHead ? MembershipKinds.WithHead(kinds) : MembershipKinds.WithoutHead(kinds);

    /// <summary>Kinds without those of which there is one already where the person comes to.</summary>
    private static IReadOnlyList<string> Free(
        GroupEdit edit,
        IReadOnlyList<string> kinds,
        IReadOnlyList<Membership> staying,
        Dictionary<Guid, IReadOnlyList<string>> given
    )
    {
        var unique = CodeWords.Of(edit.Catalogue, CodeWords.MembershipKind).Unique;
        var held = staying.SelectMany(m => m.KindList).Concat(given.Values.SelectMany(k => k)).ToHashSet();
        return [.. kinds.Where(k => !unique.Contains(k) || !held.Contains(k))];
    }
}
