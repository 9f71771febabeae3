using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Groups;

/// <summary>A group ends: everybody leaves, its record stays as <c>inactive</c>.</summary>
internal sealed class DissolveGroup(GroupWork work)
{
    public Task<Outcome<GroupChangeView>> HandleAsync(
        RegistrantId group,
        GroupDissolution dissolution,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        work.RunAsync(
            new GroupTask("dissolve", [group], dissolution, command, caller),
            async edit =>
            {
                var reason = edit.Reason(dissolution.Reason, "reason") ?? EndReasons.Dissolved;
                if (edit.Refused is { } refused)
                {
                    return refused;
                }

                var record = edit.Group(group);
                if (record.Document.Status != RegistrantStatuses.Active)
                {
                    return GroupProblems.NotActive;
                }

                var open = await edit.OpenAsync(group, cancellationToken);
                if (!open.Succeeded)
                {
                    return open.Problem;
                }

                edit.SetStatus(record, RegistrantStatuses.Inactive, ChangeOperations.Dissolved);
                foreach (var membership in open.Value)
                {
                    edit.End(membership, edit.Note.EffectiveOn, reason);
                }

                return edit.View(command.DryRun);
            },
            cancellationToken
        );
}
