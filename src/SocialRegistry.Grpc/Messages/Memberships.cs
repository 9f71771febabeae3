using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

internal static class Memberships
{
    public static V1.Membership ToWire(this MembershipView view)
    {
        var wire = new V1.Membership
        {
            GroupId = view.GroupId.ToString(),
            MemberId = view.MemberId.ToString(),
            Kinds = { view.Kinds },
        };
        if (view.StartedOn is { } started)
        {
            wire.StartedOn = started.ToWire();
        }

        if (view.EndedOn is { } ended)
        {
            wire.EndedOn = ended.ToWire();
        }

        if (view.EndReason is { } reason)
        {
            wire.EndReason = reason;
        }

        if (view.GroupVersion is { } version)
        {
            wire.GroupVersion = version;
        }

        return wire;
    }

    public static MembershipView ToView(this V1.Membership? wire) =>
        wire is null
            ? throw UnreadableMessageException.Of("membership", "required", "expected a membership")
            : new MembershipView
            {
                GroupId = wire.GroupId.ToRegistrantId("group_id"),
                MemberId = wire.MemberId.ToRegistrantId("member_id"),
                Kinds = [.. wire.Kinds],
                StartedOn = wire.HasStartedOn ? wire.StartedOn.ToDate("started_on") : null,
                EndedOn = wire.HasEndedOn ? wire.EndedOn.ToDate("ended_on") : null,
                EndReason = wire.HasEndReason ? wire.EndReason : null,
                GroupVersion = wire.HasGroupVersion ? wire.GroupVersion : null,
            };
}
