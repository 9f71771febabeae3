using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Groups;

/// <summary>Another member becomes head.</summary>
internal sealed class ChangeHead(GroupWork work)
{
    public Task<Outcome<GroupChangeView>> HandleAsync(
        RegistrantId group,
        HeadChange change,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        work.RunAsync(
            new GroupTask("change_head", [group], change, command, caller),
            async edit =>
            {
                var kinds = edit.Kinds(change.Kinds, "kinds");
                if (edit.Refused is { } refused)
                {
                    return refused;
                }

                if (edit.Group(group).Document.Status != RegistrantStatuses.Active)
                {
                    return GroupProblems.NotActive;
                }

                var open = await edit.OpenAsync(group, cancellationToken);
                if (!open.Succeeded)
                {
                    return open.Problem;
                }

                var members = open.Value.ToDictionary(m => m.MemberId);
                if (!members.TryGetValue(change.Head.Value, out var next))
                {
                    return GroupProblems.NotMember;
                }

                if (kinds.Keys.Any(id => !members.ContainsKey(id)))
                {
                    edit.Problems.Add(new FieldProblem("kinds", "not_member", "Kinds are those of members."));
                    return edit.Refused!;
                }

                if (!edit.MayJoin(change.Head.Value))
                {
                    return GroupProblems.MemberNotActive;
                }

                foreach (var membership in open.Value)
                {
                    var wanted = kinds.GetValueOrDefault(membership.MemberId) ?? membership.KindList;
                    edit.Change(
                        membership,
                        membership == next ? MembershipKinds.WithHead(wanted) : MembershipKinds.WithoutHead(wanted)
                    );
                }

                return edit.View(command.DryRun);
            },
            cancellationToken
        );
}
