using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Groups;

/// <summary>One membership: begins, changes, ends.</summary>
internal sealed class ChangeMembers(GroupWork work)
{
    public Task<Outcome<MembershipView>> AddAsync(
        MembershipView membership,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        work.RunAsync(
            new GroupTask("add_member", [membership.GroupId], membership, command, caller),
            async edit =>
            {
                var kinds = edit.Kinds(membership.Kinds, "kinds");
                var reason = edit.Reason(membership.EndReason, "endReason");
                if (reason is not null && membership.EndedOn is null)
                {
                    edit.Problems.Add(new FieldProblem("endReason", "together", "Only with the day of the end."));
                }

                if (
                    edit.Refused is { } refused
                    || (refused = await edit.LoadPersonsAsync([membership.MemberId.Value], cancellationToken))
                        is not null
                )
                {
                    return refused;
                }

                return edit.Join(membership with { Kinds = kinds, EndReason = reason }).Map(edit.View);
            },
            cancellationToken
        );

    public Task<Outcome<MembershipView>> ChangeAsync(
        RegistrantId group,
        RegistrantId member,
        MembershipPatch patch,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        work.RunAsync(
            new GroupTask("change_member", [group], new { member, patch }, command, caller),
            async edit =>
            {
                var kinds = edit.Kinds(patch.Kinds, "kinds");
                if (edit.Refused is { } refused)
                {
                    return refused;
                }

                var found = await edit.FindAsync(group, member, cancellationToken);
                if (!found.Succeeded)
                {
                    return found.Problem;
                }

                var membership = found.Value;
                var before = membership.ToView();
                if (patch.StartedOn is { } started)
                {
                    membership.Begin(started);
                }

                if (patch.Kinds is not null)
                {
                    membership.Take(MembershipKinds.OrPlain(kinds));
                }

                if (patch.EndedOn is { } ended)
                {
                    membership.End(ended, null);
                }

                if (Differs(before, membership.ToView()))
                {
                    edit.Log(membership, before);
                }

                return edit.View(membership);
            },
            cancellationToken
        );

    public Task<Outcome<GroupChangeView>> EndAsync(
        RegistrantId group,
        RegistrantId member,
        MembershipEnd end,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        work.RunAsync(
            new GroupTask("end_member", [group], new { member, end }, command, caller),
            async edit =>
            {
                var reason = edit.Reason(end.Reason, "reason");
                if (edit.Refused is { } refused)
                {
                    return refused;
                }

                var found = await edit.FindAsync(group, member, cancellationToken);
                if (!found.Succeeded)
                {
                    return found.Problem;
                }

                edit.End(found.Value, end.EndedOn ?? edit.Note.EffectiveOn, reason);
                return await SucceedAsync(edit, group, end.NewHead, cancellationToken) is { } problem
                    ? problem
                    : edit.View(command.DryRun);
            },
            cancellationToken
        );

    public Task<Outcome<GroupChangeView>> MoveAsync(
        RegistrantId group,
        MemberMove move,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        work.RunAsync(
            new GroupTask("move_member", [group, move.ToGroup], move, command, caller),
            async edit =>
            {
                var kinds = edit.Kinds(move.Kinds, "kinds");
                if (group == move.ToGroup)
                {
                    edit.Problems.Add(new FieldProblem("toGroup", "same", "The person is there already."));
                }

                if (edit.Refused is { } refused)
                {
                    return refused;
                }

                var found = await edit.FindAsync(group, move.Member, cancellationToken);
                if (!found.Succeeded)
                {
                    return found.Problem;
                }

                edit.End(found.Value, edit.Note.EffectiveOn, EndReasons.Moved);
                if (await SucceedAsync(edit, group, move.NewHead, cancellationToken) is { } problem)
                {
                    return problem;
                }

                var joined = edit.Join(
                    new MembershipView
                    {
                        GroupId = move.ToGroup,
                        MemberId = move.Member,
                        Kinds = kinds,
                        StartedOn = edit.Note.EffectiveOn,
                    }
                );
                return joined.Map(_ => edit.View(command.DryRun));
            },
            cancellationToken
        );

    /// <summary>Makes a member who stays the head.</summary>
    public static async Task<Problem?> SucceedAsync(
        GroupEdit edit,
        RegistrantId group,
        RegistrantId? head,
        CancellationToken cancellationToken
    )
    {
        if (head is not { } successor)
        {
            return null;
        }

        var found = await edit.FindAsync(group, successor, cancellationToken);
        if (!found.Succeeded || !found.Value.IsOpen)
        {
            return RegistrantProblems.Invalid([
                new FieldProblem("newHead", "not_member", "The new head is a member who stays in the group."),
            ]);
        }

        edit.Change(found.Value, MembershipKinds.WithHead(found.Value.KindList));
        return null;
    }

    private static bool Differs(MembershipView before, MembershipView after) =>
        before.StartedOn != after.StartedOn
        || before.EndedOn != after.EndedOn
        || !before.Kinds.ToHashSet().SetEquals(after.Kinds);
}
