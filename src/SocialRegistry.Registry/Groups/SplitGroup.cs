using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Groups;

/// <summary>Members leave a group and make a new one.</summary>
internal sealed class SplitGroup(GroupWork work, NewGroupRecord records, HouseholdRule households)
{
    private static readonly string[] TakenAlong = ["group_type", "area"];

    public Task<Outcome<GroupChangeView>> HandleAsync(
        RegistrantId group,
        GroupSplit split,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        work.RunAsync(
            new GroupTask("split", [group], split, command, caller),
            edit => SplitAsync(edit, group, split, command.DryRun, cancellationToken),
            cancellationToken
        );

    private async Task<Outcome<GroupChangeView>> SplitAsync(
        GroupEdit edit,
        RegistrantId group,
        GroupSplit split,
        bool dryRun,
        CancellationToken cancellationToken
    )
    {
        var old = edit.Group(group);
        if (old.Document.Status != RegistrantStatuses.Active)
        {
            return GroupProblems.NotActive;
        }

        var kinds = edit.Kinds(split.Members, "members");
        var values = Values(edit, old, split);
        if (kinds.Count == 0 && edit.Problems.Count == 0)
        {
            edit.Problems.Add(new FieldProblem("members", "items", "Name who leaves."));
        }

        if (split.Head is { } named && !kinds.ContainsKey(named.Value))
        {
            edit.Problems.Add(new FieldProblem("head", "not_member", "The head of the new group is one who leaves."));
        }

        if (edit.Refused is { } refused)
        {
            return refused;
        }

        var open = await edit.OpenAsync(group, cancellationToken);
        if (!open.Succeeded)
        {
            return open.Problem;
        }

        var leaving = open.Value.Where(m => kinds.ContainsKey(m.MemberId)).ToList();
        if (leaving.Count < kinds.Count)
        {
            return GroupProblems.NotMember;
        }

        if (leaving.Count == open.Value.Count)
        {
            edit.Problems.Add(
                new FieldProblem("members", "all", "Somebody stays: a group that all leave is not split.")
            );
            return edit.Refused!;
        }

        var record = await records.MakeAsync(edit, values, split.Identifiers, cancellationToken);
        if (!record.Succeeded)
        {
            return record.Problem;
        }

        if (split.Head is null && households.AppliesTo(record.Value))
        {
            return GroupProblems.HeadRequired;
        }

        foreach (var membership in leaving)
        {
            edit.End(membership, edit.Note.EffectiveOn, EndReasons.Split);
            var joined = edit.Join(
                new MembershipView
                {
                    GroupId = record.Value.Row.RegistrantId,
                    MemberId = new RegistrantId(membership.MemberId),
                    Kinds =
                        membership.MemberId == split.Head?.Value
                            ? MembershipKinds.WithHead(kinds[membership.MemberId])
                            : kinds[membership.MemberId],
                    StartedOn = edit.Note.EffectiveOn,
                }
            );
            if (!joined.Succeeded)
            {
                return joined.Problem;
            }
        }

        return await ChangeMembers.SucceedAsync(edit, group, split.NewHead, cancellationToken) is { } problem
            ? problem
            : edit.View(dryRun, record.Value.Row.RegistrantId);
    }

    /// <summary>What was sent, and beside it what is taken along from the old group, as far as the caller may have it.</summary>
    private static Dictionary<string, JsonElement> Values(GroupEdit edit, OpenRecord old, GroupSplit split)
    {
        var values = new Dictionary<string, JsonElement>(split.Values);
        foreach (var (index, field) in (split.Take ?? TakenAlong).Index())
        {
            var rule = edit.Catalogue.Rule(RegistrantKinds.Group, field);
            var isOpen = rule is not null && !rule.View.Computed && edit.Note.Caller.Fields.Contains(field);
            if (!isOpen && split.Take is not null)
            {
                edit.Problems.Add(
                    new FieldProblem(
                        $"take[{index}]",
                        "unknown",
                        "There is no such field to take along for this caller."
                    )
                );
            }
            else if (isOpen && !values.ContainsKey(field) && old.Value(rule!) is { } value)
            {
                values[field] = value;
            }
        }

        return values;
    }
}
