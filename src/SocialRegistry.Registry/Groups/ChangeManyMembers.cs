using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Groups;

/// <summary>
/// Several memberships of one group in one call. It reads those that are named and no others, so it takes groups of any size and callers
/// who may not know of all members.
/// </summary>
internal sealed class ChangeManyMembers(GroupWork work)
{
    public Task<Outcome<GroupChangeView>> HandleAsync(
        RegistrantId group,
        MembersChange change,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        work.RunAsync(
            new GroupTask("change_members", [group], change, command, caller),
            edit => ChangeAsync(edit, group, change, command.DryRun, cancellationToken),
            cancellationToken
        );

    private static async Task<Outcome<GroupChangeView>> ChangeAsync(
        GroupEdit edit,
        RegistrantId group,
        MembersChange change,
        bool dryRun,
        CancellationToken cancellationToken
    )
    {
        if (change.End.Count + change.Change.Count + change.Add.Count is 0 or > GroupEdit.MostMembers)
        {
            var range =
                $"Name 1 to {GroupEdit.MostMembers} members in one call, in 'end', 'change' and 'add' together.";
            edit.Problems.Add(new FieldProblem("members", "items", range));
            return edit.Refused!;
        }

        var ends = change.End.Index().Select(e => edit.Reason(e.Item.Reason, $"end[{e.Index}].reason")).ToList();
        var kinds = edit.Kinds(change.Change, "change");
        var joins = change.Add.Index().Select(a => edit.Kinds(a.Item.Kinds, $"add[{a.Index}].kinds")).ToList();
        CheckTwice(edit, change);
        if (edit.Refused is { } refused)
        {
            return refused;
        }

        // All edges before all persons, all persons at once: every change takes their rows in this order.
        List<RegistrantId> standing = [.. change.End.Select(e => e.Member), .. change.Change.Select(c => c.Member)];
        var found = await edit.FindManyAsync(group, standing, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Problem;
        }

        if (await edit.LoadPersonsAsync(change.Add.Select(a => a.Member.Value), cancellationToken) is { } unknown)
        {
            return unknown;
        }

        foreach (var (index, end) in change.End.Index())
        {
            edit.End(found.Value[end.Member.Value], end.EndedOn ?? edit.Note.EffectiveOn, ends[index]);
        }

        foreach (var (member, wanted) in kinds)
        {
            edit.Change(found.Value[member], wanted);
        }

        foreach (var (index, add) in change.Add.Index())
        {
            var joined = edit.Join(
                new MembershipView
                {
                    GroupId = group,
                    MemberId = add.Member,
                    Kinds = joins[index],
                    StartedOn = add.StartedOn,
                }
            );
            if (!joined.Succeeded)
            {
                return joined.Problem;
            }
        }

        return edit.View(dryRun);
    }

    private static void CheckTwice(GroupEdit edit, MembersChange change)
    {
        var seen = new HashSet<RegistrantId>();
        IEnumerable<(string Path, RegistrantId Member)> named =
        [
            .. change.End.Index().Select(e => ($"end[{e.Index}].member", e.Item.Member)),
            .. change.Change.Index().Select(c => ($"change[{c.Index}].member", c.Item.Member)),
            .. change.Add.Index().Select(a => ($"add[{a.Index}].member", a.Item.Member)),
        ];
        foreach (var (path, member) in named)
        {
            // The kinds of one list are told apart already.
            if (!seen.Add(member) && !edit.Problems.Exists(p => p.Field == path))
            {
                edit.Problems.Add(new FieldProblem(path, "twice", "This person stands here already."));
            }
        }
    }
}
